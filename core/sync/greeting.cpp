#include "core/sync/greeting.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/log/review_json.h"
#include "core/sync/device_streams.h"
#include "core/sync/incarnation.h"

namespace countersign::sync {

namespace {

constexpr size_t kItems = 1'000;

struct LostStream {
    uint64_t count = 0;
    std::vector<ItemId> items;
};

struct Answer {
    std::string incarnation;
    Instant now;
    std::vector<store::EpochMark> epochs;
    std::string state;
    std::string compared;
    store::StreamHead head;
    std::optional<uint64_t> cut;
    std::vector<ItemId> beyond;
    std::vector<LostStream> lost;
    std::string checkpoint;
};

std::vector<ItemId> as_items(std::vector<std::string> texts) {
    std::vector<ItemId> out;
    for (std::string& text : texts) {
        out.emplace_back(std::move(text));
    }
    return out;
}

Result<store::StreamHead> read_head(const Json& json, std::string_view path) {
    Fields fields = CS_TRY(Fields::of(json, std::string(path)));
    store::StreamHead out;
    out.seq = static_cast<uint64_t>(CS_TRY(fields.integer("seq", {.min = 0})));
    out.hash = CS_TRY(read_digest(fields, "hash"));
    return out;
}

Status read_stream(const Json& json, Answer& out) {
    Fields stream = CS_TRY(Fields::of(json, "stream"));
    out.state = CS_TRY(stream.text("state"));
    out.compared = CS_TRY(stream.text("compared"));
    const Json* head = CS_TRY(stream.object("head"));
    out.head = CS_TRY(read_head(*head, "stream.head"));
    if (stream.has("cut")) {
        out.cut = static_cast<uint64_t>(CS_TRY(stream.integer("cut", {.min = 0})));
    }
    out.beyond = as_items(CS_TRY(stream.text_list("beyond", kItems)));
    return success();
}

Result<Answer> read_answer(std::string_view body) {
    const Json json = CS_TRY(parse_json(body, {.total_bytes = 1 << 20}));
    Fields fields = CS_TRY(Fields::of(json, ""));
    Answer out;
    out.incarnation = CS_TRY(fields.text("incarnation", {.max_bytes = 64}));
    out.now.us = CS_TRY(fields.integer("now", {.min = 0}));
    const JsonArray* epochs = CS_TRY(fields.list("epochs", kItems));
    for (size_t i = 0; i < epochs->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*epochs)[i], element_path("epochs", i)));
        const std::string incarnation = CS_TRY(one.text("incarnation", {.max_bytes = 64}));
        out.epochs.push_back({incarnation, static_cast<EventSeq>(CS_TRY(one.integer("continues", {.min = 0})))});
    }
    const Json* stream = CS_TRY(fields.object("stream"));
    CS_TRY_STATUS(read_stream(*stream, out));
    const JsonArray* lost = CS_TRY(fields.list("lost", kItems));
    for (size_t i = 0; i < lost->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*lost)[i], element_path("lost", i)));
        const int64_t announced = CS_TRY(one.integer("announced", {.min = 0}));
        const int64_t received = CS_TRY(one.integer("received", {.min = 0}));
        out.lost.push_back({static_cast<uint64_t>(std::max<int64_t>(announced - received, 0)),
                            as_items(CS_TRY(one.text_list("items", kItems)))});
    }
    out.checkpoint = CS_TRY(fields.text_or("checkpoint", "", {.min_bytes = 0, .max_bytes = 1 << 16}));
    return out;
}

class Taking {
public:
    Taking(Device& device, Answer answer, uint64_t asked, store::StreamRow stream, store::ProjectRow project)
        : device_(device),
          answer_(std::move(answer)),
          asked_(asked),
          stream_(std::move(stream)),
          project_(std::move(project)) {}

    Result<Greeted> take();

private:
    Status meet();
    Status compare();
    Status tell(store::NoticeKind kind, uint64_t count, const std::vector<ItemId>& items);

    Device& device_;
    Answer answer_;
    uint64_t asked_;
    store::StreamRow stream_;
    store::ProjectRow project_;
    Greeted out_;
};

Status Taking::tell(store::NoticeKind kind, uint64_t count, const std::vector<ItemId>& items) {
    return tell_account(device_, stream_, kind, count, items);
}

// A server that this device never met, the one it knows, or that one after a restore.
Status Taking::meet() {
    const std::string known = CS_TRY(known_incarnation(device_.database(), project_));
    if (known == answer_.incarnation) {
        return success();
    }
    const Restored restored = CS_TRY(meet_anew(device_, project_, answer_.incarnation, answer_.epochs));
    stream_ = CS_TRY(store::known_stream(device_.database(), stream_.stream));
    out_.lives_anew = true;
    if (known.empty()) {
        return success();
    }
    const uint64_t again = stream_.head.seq - std::min(stream_.head.seq, answer_.head.seq);
    const bool lost_any = restored.had > restored.continues || again > 0;
    return lost_any ? tell(store::NoticeKind::server_restored, again, {}) : success();
}

Status Taking::compare() {
    const Compared compared = CS_TRY(compare_head(device_, stream_, answer_.head));
    const bool ahead = answer_.compared == "server_ahead";
    const bool branched =
        compared == Compared::other_branch || answer_.compared == "other_branch" || answer_.state == "forked";
    if (ahead) {
        stream_.levels.saved = std::min(asked_, stream_.head.seq);  // what was recorded since is on a branch
    }
    CS_TRY_STATUS(store::save_stream(device_.database(), stream_));
    if (ahead && answer_.state != "forked") {
        CS_TRY_STATUS(tell(store::NoticeKind::server_ahead, answer_.head.seq - stream_.head.seq, answer_.beyond));
        return end_stream(device_, stream_, "server_ahead");
    }
    if (branched && stream_.state == store::StreamState::open) {
        CS_TRY_STATUS(tell(store::NoticeKind::copied, answer_.beyond.size(), answer_.beyond));
        return end_stream(device_, stream_, "other_branch");
    }
    const bool cut = answer_.cut && *answer_.cut < stream_.head.seq;
    return cut ? tell(store::NoticeKind::rights_revoked, stream_.head.seq - *answer_.cut, {}) : success();
}

Result<Greeted> Taking::take() {
    device_.measured_offset(answer_.now - device_.clock().now());
    CS_TRY_STATUS(meet());
    CS_TRY_STATUS(compare());
    for (const LostStream& lost : answer_.lost) {
        CS_TRY_STATUS(tell(store::NoticeKind::work_lost, lost.count, lost.items));
    }
    out_.checkpoint = std::move(answer_.checkpoint);
    return std::move(out_);
}

// Whether this device has exactly this operation there. One that it has forgotten was stable, and it.
Result<bool> is_mine(store::Database& database, const store::StreamRow& stream, const store::StreamHead& head) {
    if (head.seq == 0 || head == stream.head) {
        return true;
    }
    const auto mine = CS_TRY(hash_at(database, stream, head.seq));
    return mine ? *mine == head.hash : head.seq <= stream.levels.stable;
}

}  // namespace

Status tell_account(Device& device, const store::StreamRow& stream, store::NoticeKind kind, uint64_t count,
                    const std::vector<ItemId>& items) {
    store::NoticeRow row;
    row.kind = kind;
    row.account = stream.account;
    row.project_no = stream.project_no;
    row.count = count;
    row.items = items;
    row.at = device.clock().now();
    return store::add_notice(device.database(), row);
}

Result<Compared> compare_head(Device& device, store::StreamRow& stream, const store::StreamHead& head) {
    if (head.seq <= stream.head.seq && CS_TRY(is_mine(device.database(), stream, head))) {
        stream.levels.saved = head.seq;
        stream.levels.sealed = std::min(stream.levels.sealed, head.seq);
        stream.levels.stable = std::min(stream.levels.stable, head.seq);
        return Compared::goes_on;
    }
    if (head.seq <= stream.head.seq) {
        // Where the branches part is not known: what the server has already, it passes over.
        stream.levels.saved = std::min(stream.levels.saved, stream.levels.sealed);
        return Compared::other_branch;
    }
    return Compared::goes_on;
}

Result<Greeted> take_greeting(Device& device, const StreamId& stream_id, uint64_t asked, std::string_view body) {
    Answer answer = CS_TRY(read_answer(body));
    store::Transaction transaction(device.database());
    CS_TRY_STATUS(transaction.begin());
    store::StreamRow stream = CS_TRY(store::known_stream(device.database(), stream_id));
    store::ProjectRow project = CS_TRY(store::read_project(device.database(), stream.project_no));
    Taking taking(device, std::move(answer), asked, std::move(stream), std::move(project));
    Greeted greeted = CS_TRY(taking.take());
    CS_TRY_STATUS(transaction.commit());
    return greeted;
}

}  // namespace countersign::sync
