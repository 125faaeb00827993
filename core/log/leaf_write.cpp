#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/log/leaf.h"
#include "core/log/review_json.h"
#include "core/model/prediction_json.h"

namespace countersign {

namespace {

void write_route(JsonWriter& writer, const RouteTaken& route) {
    writer.begin_object();
    if (route.due) {
        writer.member("due", route.due->us);
    }
    writer.member("kind", tier_kind_name(route.kind)).member("policy", to_hex(route.policy));
    writer.member("reviewers", int64_t{route.reviewers}).member("route", route.route).member("tier", route.tier);
    writer.end_object();
}

void write_body(JsonWriter& w, const ProjectCreated& body) {
    w.begin_object().member("name", body.name).end_object();
}

void write_body(JsonWriter& w, const PolicyActivated& body) {
    w.begin_object().member("policy", to_hex(body.policy)).member("version", body.version).end_object();
}

void write_body(JsonWriter& w, const ItemIngested& body) {
    w.begin_object().member("document", to_hex(body.document)).name("prediction");
    write_prediction(w, body.prediction);
    w.name("route");
    write_route(w, body.route);
    w.end_object();
}

void write_body(JsonWriter& w, const PredictionAdded& body) {
    w.begin_object().name("prediction");
    write_prediction(w, body.prediction);
    if (body.route) {
        w.name("route");
        write_route(w, *body.route);
    }
    w.end_object();
}

void write_body(JsonWriter& w, const ItemAssigned& body) {
    w.begin_object().member("expires", body.expires.us).member("fence", static_cast<int64_t>(body.fence));
    w.member("reviewer", body.reviewer.text).member("stream", body.stream.text).end_object();
}

void write_body(JsonWriter& w, const ReviewSubmitted& body) {
    write_review(w, body.review);
}

void write_body(JsonWriter& w, const ReviewWithdrawn& body) {
    w.begin_object().member("review", body.review.text).member("reviewer", body.reviewer.text).end_object();
}

void write_body(JsonWriter& w, const NoteAdded& body) {
    w.begin_object().member("note", body.note.text).member("text", to_hex(body.text)).end_object();
}

void write_body(JsonWriter& w, const OperationRefused& body) {
    w.begin_object().member("actor", body.actor.text).member("code", code_info(body.code).name);
    w.member("reason", body.reason).member("refused", body.refused.text).end_object();
}

}  // namespace

Result<std::string> encode_leaf(const ProjectId& project, const Event& event) {
    JsonWriter writer(JsonWriter::Order::sorted);
    writer.begin_object().member("actor", event.actor.text).member("at", event.at.us).name("body");
    std::visit([&](const auto& body) { write_body(writer, body); }, event.body);
    if (!event.item.empty()) {
        writer.member("item", event.item.text);
    }
    if (event.operation) {
        writer.member("op", to_hex(*event.operation));
    }
    writer.member("project", project.text).member("seq", static_cast<int64_t>(event.seq));
    writer.member("type", event_type(event.body)).member("v", int64_t{1}).end_object();
    std::string leaf = std::move(writer).take();
    if (leaf.size() > kLeafLimit_bytes) {
        return fail(ErrorCode::exhausted, concat("the log entry would have ", leaf.size(), " bytes; at most ",
                                                 kLeafLimit_bytes, " are allowed (fewer scores, answers or evidence)"));
    }
    return leaf;
}

Digest next_link(const Digest& link, const Digest& leaf_hash) {
    std::string bytes("\x02");
    bytes.append(link.view()).append(leaf_hash.view());
    return sha256(bytes);
}

}  // namespace countersign
