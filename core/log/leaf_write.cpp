#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/log/leaf.h"
#include "core/log/leaf_names.h"
#include "core/log/leaf_policies.h"
#include "core/log/leaf_routes.h"
#include "core/model/prediction_json.h"

namespace countersign {

namespace {

void write_digests(JsonWriter& w, std::string_view name, const std::vector<Digest>& digests) {
    w.name(name).begin_array();
    for (const Digest& digest : digests) {
        w.text(to_hex(digest));
    }
    w.end_array();
}

void write_items(JsonWriter& w, const std::vector<ItemId>& items) {
    w.name("items").begin_array();
    for (const ItemId& item : items) {
        w.text(item.text);
    }
    w.end_array();
}

void write_body(JsonWriter& w, const ProjectCreated& body) {
    w.member("name", body.name);
}

void write_body(JsonWriter& w, const PolicyActivated& body) {
    w.member("policy", to_hex(body.policy)).member("version", body.version);
}

void write_body(JsonWriter& w, const EpochStarted& body) {
    w.name("continues").begin_object().member("origin", body.continues_from).member("root", to_hex(body.root));
    w.member("size", static_cast<int64_t>(body.size)).end_object().member("epoch", body.epoch);
}

void write_body(JsonWriter& w, const StreamOpened& body) {
    w.member("account", body.account.text).member("device", body.device.text).member("key", to_hex(body.key));
    w.member("reason", body.reason);
    if (body.replaces) {
        w.member("replaces", body.replaces->text);
    }
    w.member("stream", body.stream.text);
}

void write_body(JsonWriter& w, const StreamForked& body) {
    w.member("seq", static_cast<int64_t>(body.seq)).member("stream", body.stream.text);
}

void write_body(JsonWriter& w, const RightsRevoked& body) {
    w.member("account", body.account.text).name("cuts").begin_array();
    for (const StreamCut& cut : body.cuts) {
        w.begin_object().member("seq", static_cast<int64_t>(cut.seq)).member("stream", cut.stream.text).end_object();
    }
    w.end_array();
    if (!body.device.empty()) {
        w.member("device", body.device.text);
    }
}

void write_body(JsonWriter& w, const RightsRestored& body) {
    w.member("account", body.account.text);
    if (!body.device.empty()) {
        w.member("device", body.device.text);
    }
}

void write_body(JsonWriter& w, const WorkLost& body) {
    w.member("announced", static_cast<int64_t>(body.announced));
    write_items(w, body.items);
    w.member("received", static_cast<int64_t>(body.received)).member("stream", body.stream.text);
}

void write_body(JsonWriter& w, const ItemIngested& body) {
    w.member("document", to_hex(body.document)).name("prediction");
    write_prediction(w, body.prediction);
    w.name("route");
    write_route(w, body.route);
}

void write_body(JsonWriter& w, const PredictionAdded& body) {
    w.name("prediction");
    write_prediction(w, body.prediction);
    if (body.route) {
        w.name("route");
        write_route(w, *body.route);
    }
}

void write_body(JsonWriter& w, const ItemAssigned& body) {
    w.member("expires", body.expires.us).member("fence", static_cast<int64_t>(body.fence));
    w.member("reviewer", body.reviewer.text).member("stream", body.stream.text);
}

void write_body(JsonWriter& w, const LeaseGranted& body) {
    w.member("expires", body.expires.us).member("fence", to_text(body.lease.fence)).member("holder", body.holder.text);
    w.member_bool("offline", body.offline).member("slot", int64_t{body.lease.slot});
    w.member("stream", body.stream.text);
}

void write_body(JsonWriter& w, const LeaseRenewed& body) {
    w.member("expires", body.expires.us).member("fence", to_text(body.lease.fence));
    w.member("slot", int64_t{body.lease.slot});
}

void write_body(JsonWriter& w, const LeaseEnded& body) {
    w.member("fence", to_text(body.lease.fence)).member_bool("revoked", body.revoked);
    w.member("slot", int64_t{body.lease.slot});
}

void write_body(JsonWriter& w, const ReviewSubmitted& body) {
    const Judged& judged = body.review.judged;
    w.name("flags").begin_array();
    for (const JudgedFlag& flag : kJudgedFlags) {
        if (judged.*flag.member) {
            w.text(flag.name);
        }
    }
    w.end_array();
    if (!judged.lacks.empty()) {
        w.member("lacks", judged.lacks);
    }
}

void write_body(JsonWriter& w, const ReviewWithdrawn& body) {
    w.member("review", body.review.text).member("reviewer", body.reviewer.text);
}

void write_body(JsonWriter& w, const NoteAdded& body) {
    w.member("note", body.note.text).member("text", to_hex(body.text));
}

void write_body(JsonWriter& w, const OperationRefused& body) {
    w.member("actor", body.actor.text).member("code", code_info(body.code).name);
    w.member("reason", body.reason).member("refused", body.refused.text);
}

void write_body(JsonWriter& w, const OperationQuarantined& body) {
    w.member("code", code_info(body.code).name).member("hash", to_hex(body.hash)).member("reason", body.reason);
    w.member("seq", static_cast<int64_t>(body.seq)).member("stream", body.stream.text);
}

void write_body(JsonWriter& w, const OperationRepeated& body) {
    w.member("op", body.id.text);
}

void write_body(JsonWriter& w, const QuarantineSettled& body) {
    w.member_bool("admitted", body.admitted).member("hash", to_hex(body.operation)).member("op", body.id.text);
    if (body.text) {
        w.member("text", to_hex(*body.text));
    }
}

void write_body(JsonWriter& w, const ItemClosed& body) {
    w.member("as", closed_as_name(body.as));
}

void write_body(JsonWriter& w, const ContradictionFound& body) {
    w.member("review", body.review.text);
}

void write_body(JsonWriter& w, const SubjectErased& body) {
    write_digests(w, "commitments", body.commitments);
    w.member("ground", body.ground);
    write_items(w, body.items);
    if (!body.note.empty()) {
        w.member("note", body.note);
    }
    w.member("requested_by", body.requested_by.text);
}

}  // namespace

Result<std::string> encode_leaf(const ProjectId& project, const Event& event) {
    // A review is read back from its operation.
    CS_CHECK(!std::holds_alternative<ReviewSubmitted>(event.body) ||
             (event.operation && !event.operation->bytes.empty()));
    JsonWriter writer(JsonWriter::Order::sorted);
    writer.begin_object().member("actor", event.actor.text).member("at", event.at.us).name("body").begin_object();
    std::visit([&](const auto& body) { write_body(writer, body); }, event.body);
    writer.end_object();
    if (!event.item.empty()) {
        writer.member("item", event.item.text);
    }
    if (event.operation && !event.operation->bytes.empty()) {
        writer.name("op").raw(event.operation->bytes);
    }
    writer.member("project", project.text).member("seq", static_cast<int64_t>(event.seq));
    if (event.operation && !event.operation->signature.empty()) {
        writer.member("sig", to_hex(event.operation->signature));
    }
    writer.member("type", event_type(event.body)).member("v", int64_t{2}).end_object();
    std::string leaf = std::move(writer).take();
    if (leaf.size() > kLeafLimit_bytes) {
        return fail(ErrorCode::exhausted, concat("the log entry would have ", leaf.size(), " bytes; at most ",
                                                 kLeafLimit_bytes, " are allowed (fewer scores, answers or evidence)"));
    }
    return leaf;
}

}  // namespace countersign
