// The pushing half of SyncClient: each stream is greeted, then sent from where the server has it.

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/log/review_json.h"
#include "core/sync/client.h"
#include "core/sync/greeting.h"
#include "core/sync/incarnation.h"

namespace countersign::sync {

namespace {

constexpr int kGaps = 5;  // that are followed while nothing more is saved; then the stream waits as for any refusal

}  // namespace

void SyncClient::start_push() {
    push_.wanted = false;
    const auto streams = unsaved_streams(device_.database(), actor_);
    if (!streams.ok()) {
        failed(streams.error(), push_);
        return;
    }
    const auto unsaved = [&](const std::string& stream) {
        return std::any_of(streams.value().begin(), streams.value().end(),
                           [&](const store::StreamRow& row) { return row.stream.text == stream; });
    };
    // A stream of which everything is saved is not stopped.
    for (auto& [stream, sending] : sending_) {
        if (!unsaved(stream)) {
            sending.stopped.reset();
        }
    }
    for (const store::StreamRow& stream : streams.value()) {
        const Sending& sending = sending_[stream.stream.text];
        if (sending.stopped && waits(sending.wait)) {
            continue;
        }
        pushed_stream_ = stream.stream;
        const Status sent =
            sending.greeted ? send_next(stream) : send_hello(stream, &SyncClient::take_pushed_hello, push_);
        if (!sent.ok()) {
            stop_stream(sent.error());
            continue;
        }
        return;
    }
}

Status SyncClient::send_hello(const store::StreamRow& stream, Answered answered, Way& way) {
    const store::ProjectRow project = CS_TRY(store::read_project(device_.database(), stream.project_no));
    std::string body = CS_TRY(hello_body(device_, stream));
    way.asked = stream.head.seq;
    request({"POST", concat("/api/v1/projects/", project.id.text, "/hello"), "application/json", std::move(body)},
            answered, way);
    return success();
}

void SyncClient::take_pushed_hello(const TransportResponse& response) {
    const auto greeted = take_greeting(device_, pushed_stream_, push_.asked, response.body);
    changed_ = true;
    if (!greeted.ok()) {
        stop_stream(greeted.error());
        return;
    }
    pushed().greeted = true;
    if (greeted.value().lives_anew) {
        pushed().gaps = 0;
        pushed().furthest = 0;
        poke();  // whether a snapshot is due, the project's row knows
    }
    push_.wanted = true;
    count();
}

Status SyncClient::send_next(const store::StreamRow& stream) {
    const store::ProjectRow project = CS_TRY(store::read_project(device_.database(), stream.project_no));
    const Sending& sending = pushed();
    const PushBody body = CS_TRY(push_after(device_, stream, stream.levels.saved, sending.size));
    if (body.operations.empty()) {
        return fail(ErrorCode::corrupt, concat("the store is damaged: operation ", stream.levels.saved + 1,
                                               " of this device is missing; put a copy of it in its place"));
    }
    request({"POST", concat("/api/v1/projects/", project.id.text, "/operations"), "application/jsonl",
             write_push_body(body, sending.elide)},
            &SyncClient::take_push, push_);
    return success();
}

void SyncClient::take_push(const TransportResponse& response) {
    const Status taken = take_saved(response);
    changed_ = true;
    if (!taken.ok()) {
        stop_stream(taken.error());
        return;
    }
    push_.wanted = true;  // for what is left, of this stream or another
    count();
}

Status SyncClient::take_saved(const TransportResponse& response) {
    const Json json = CS_TRY(parse_json(response.body, {.total_bytes = 1 << 20}));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const auto saved = static_cast<uint64_t>(CS_TRY(fields.integer("saved", {.min = 0})));
    const std::string state = CS_TRY(fields.text("state"));
    const std::string incarnation = CS_TRY(fields.text("incarnation", {.max_bytes = 64}));
    store::Transaction transaction(device_.database());
    CS_TRY_STATUS(transaction.begin());
    store::StreamRow stream = CS_TRY(store::known_stream(device_.database(), pushed_stream_));
    const store::ProjectRow project = CS_TRY(store::read_project(device_.database(), stream.project_no));
    if (incarnation != CS_TRY(known_incarnation(device_.database(), project))) {
        pushed().greeted = false;
        return fail(ErrorCode::unavailable, "what was sent was saved in another life of the server");
    }
    if (saved > stream.head.seq || saved <= stream.levels.saved) {
        return fail(ErrorCode::corrupt,
                    concat("the server says that it has saved ", saved, " operations of this ", "device, which has ",
                           stream.head.seq, " and asked about more than ", stream.levels.saved));
    }
    stream.levels.saved = saved;
    CS_TRY_STATUS(store::save_stream(device_.database(), stream));
    if (state == "forked" && stream.state == store::StreamState::open) {
        CS_TRY_STATUS(tell_account(device_, stream, store::NoticeKind::copied, 0, {}));
        CS_TRY_STATUS(end_stream(device_, stream, "other_branch"));
    }
    const auto cut = static_cast<uint64_t>(CS_TRY(fields.integer_or("cut", INT64_MAX, {.min = 0})));
    if (cut < saved) {
        CS_TRY_STATUS(tell_account(device_, stream, store::NoticeKind::rights_revoked, saved - cut, {}));
    }
    CS_TRY_STATUS(transaction.commit());
    if (Sending& sending = pushed(); saved > sending.furthest) {
        sending.furthest = saved;
        sending.gaps = 0;
        sending.stopped.reset();
        sending.wait = {};
    }
    return success();
}

// What the server would not take as it was sent is sent otherwise where that may help: smaller, in full, or from where
// the server stands.
void SyncClient::push_refused(const TransportResponse& response, const Error& error) {
    changed_ = true;
    Sending& sending = pushed();
    push_.wanted = true;
    const bool again = sending.stopped.has_value();
    if (error.code == ErrorCode::not_found && !again) {
        sending.greeted = false;  // it does not know the stream any more
        sending.stopped = error;
        return;
    }
    // Where a store is damaged both may go on to disagree, with things that are saved again in between.
    if (error.code == ErrorCode::conflict && sending.greeted && ++sending.gaps <= kGaps && take_gap(response).ok()) {
        return;
    }
    if (error.code == ErrorCode::exhausted && sending.size.operations > 1) {
        sending.size = {sending.size.operations / 2, sending.size.bytes / 2};
        return;
    }
    if (error.code == ErrorCode::invalid_argument && sending.elide == Elide::yes && sending.greeted) {
        sending.size.operations = 1;
        sending.elide = Elide::no;
        return;
    }
    sending.greeted = false;
    stop_stream(error);
}

// The server does not know what both had agreed on: the stream is sent from its beginning, while that is still here.
Status SyncClient::send_from_first(store::StreamRow& stream) {
    const std::vector<store::OperationRow> first = CS_TRY(store::operations_at(device_.database(), stream.stream, 1));
    if (stream.levels.saved == 0 || first.empty()) {
        return fail(ErrorCode::conflict, "the server asked for what it was just sent", "expected");
    }
    stream.levels = {};
    return success();
}

// {"expected":{"seq":41,"hash":..}}: the server stands elsewhere than at the hello.
Status SyncClient::take_gap(const TransportResponse& response) {
    const Json json = CS_TRY(parse_json(response.body, {.total_bytes = 1 << 20}));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const Json* expected_json = CS_TRY(fields.object("expected"));
    Fields expected = CS_TRY(Fields::of(*expected_json, "expected"));
    const auto seq = static_cast<uint64_t>(CS_TRY(expected.integer("seq", {.min = 1})));
    const store::StreamHead head{seq - 1, CS_TRY(read_digest(expected, "hash"))};
    store::Transaction transaction(device_.database());
    CS_TRY_STATUS(transaction.begin());
    store::StreamRow stream = CS_TRY(store::known_stream(device_.database(), pushed_stream_));
    const uint64_t before = stream.levels.saved;
    CS_TRY(compare_head(device_, stream, head));
    if (stream.levels.saved == before) {
        CS_TRY_STATUS(send_from_first(stream));
    }
    CS_TRY_STATUS(store::save_stream(device_.database(), stream));
    return transaction.commit();
}

void SyncClient::stop_stream(const Error& why) {
    Sending& sending = pushed();
    sending.stopped = why;
    wait_longer(sending.wait);
    push_.wanted = true;  // for the other streams
    status_.last_error = why;
    changed_ = true;
}

}  // namespace countersign::sync
