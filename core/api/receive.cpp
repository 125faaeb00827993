#include "core/api/receive.h"

#include <algorithm>

#include "core/api/judge.h"
#include "core/base/concat.h"
#include "core/crypto/ed25519.h"
#include "core/json/writer.h"
#include "core/store/inbox.h"
#include "core/store/operations.h"
#include "core/store/record.h"

namespace countersign::api {

namespace {

bool signed_by_device(const store::StreamRow& stream, const ReadPush& push) {
    const auto key = crypto::public_key_from_bytes(stream.key);
    const auto signature = crypto::signature_from_bytes(push.signature);
    if (!key.ok() || !signature.ok() || push.hashes.empty()) {
        return false;
    }
    const std::string head = signed_head(push.stream, push.last(), push.hashes.back());
    return crypto::verify(key.value(), head, signature.value());
}

std::string json_list(const std::vector<ItemId>& items) {
    JsonWriter writer;
    writer.begin_array();
    for (const ItemId& item : items) {
        writer.text(item.text);
    }
    return std::move(writer.end_array()).take();
}

Error gap(const store::StreamRow& stream, const ReadPush& push) {
    return fail(ErrorCode::conflict,
                concat("the stream stands at operation ", stream.head.seq, " here (",
                       to_hex(stream.head.hash).substr(0, 12), "); operation ", push.from, " does not follow it"),
                "from");
}

// Without the first `known` operations.
std::string lines_behind(const ReadPush& push, size_t known) {
    std::vector<PushedOperation> operations = read_pushed_operations(push.lines, push.prev);
    operations.erase(operations.begin(), operations.begin() + static_cast<ptrdiff_t>(known));
    return write_pushed_operations(operations, push.hashes[known - 1]);
}

// One push on its way into the store.
class Reception {
public:
    Reception(Workspace& workspace, store::ProjectRow& project, store::StreamRow stream, const ReadPush& push)
        : workspace_(workspace), project_(project), stream_(std::move(stream)), push_(push) {}

    Status place();
    Status keep(const ActorId& brought_by);

    store::StreamRow take_stream() { return std::move(stream_); }

    bool waits() const { return doubtful_ || (stream_.cut && push_.last() > *stream_.cut); }

private:
    const Digest& hash_before(size_t index) const { return index == 0 ? push_.prev : push_.hashes[index - 1]; }

    bool at_head(size_t index) const {
        return push_.from + index == stream_.head.seq + 1 && hash_before(index) == stream_.head.hash;
    }

    Result<bool> follows_known(size_t index) const;
    Status note_fork();

    Workspace& workspace_;
    store::ProjectRow& project_;
    store::StreamRow stream_;
    const ReadPush& push_;
    size_t fresh_ = 0;  // the first operation that is not known
    bool branch_ = false;
    bool doubtful_ = false;
};

// Whether the operation stands behind one that is known, on whichever branch.
Result<bool> Reception::follows_known(size_t index) const {
    const uint64_t seq = push_.from + index;
    if (seq == 1) {
        return hash_before(index) == Digest{};
    }
    const auto before = CS_TRY(store::find_operation(workspace_.database, stream_.stream, seq - 1, hash_before(index)));
    return before.has_value();
}

Status Reception::place() {
    if (at_head(0)) {
        return success();
    }
    // Known or beside what is known: looked up one by one, which takes what was recorded before to be judged.
    CS_TRY_STATUS(judge_stream(workspace_, project_, stream_.stream));
    stream_ = CS_TRY(store::known_stream(workspace_.database, stream_.stream));
    for (; fresh_ < push_.hashes.size(); ++fresh_) {
        const Digest& hash = push_.hashes[fresh_];
        if (!CS_TRY(store::find_operation(workspace_.database, stream_.stream, push_.from + fresh_, hash))) {
            break;
        }
    }
    if (fresh_ == push_.hashes.size() && (fresh_ > 0 || push_.from <= stream_.head.seq)) {
        return success();
    }
    if (at_head(fresh_)) {
        return success();
    }
    if (!CS_TRY(follows_known(fresh_))) {
        return gap(stream_, push_);
    }
    branch_ = true;
    return note_fork();
}

Status Reception::note_fork() {
    if (stream_.state == store::StreamState::forked) {
        return success();
    }
    stream_.state = store::StreamState::forked;
    const store::Cause cause{ActorId("system"), workspace_.clock.now()};
    CS_TRY(store::record_project_event(workspace_.database, project_, StreamForked{stream_.stream, push_.from + fresh_},
                                       cause));
    return store::save_project(workspace_.database, project_);
}

Status Reception::keep(const ActorId& brought_by) {
    const bool is_signed = signed_by_device(stream_, push_);
    const bool of_old = stream_.key.empty() && brought_by == stream_.account;
    doubtful_ = !is_signed && !of_old;
    if (fresh_ < push_.hashes.size()) {
        store::InboxRow row;
        row.project_no = project_.no;
        row.stream = stream_.stream;
        row.from = push_.from + fresh_;
        row.count = push_.hashes.size() - fresh_;
        row.prev = hash_before(fresh_);
        row.brought_by = brought_by;
        row.doubtful = doubtful_;
        row.signature = is_signed ? push_.signature : std::string();
        row.at = workspace_.clock.now();
        CS_TRY_STATUS(fresh_ == 0 ? store::add_inbox(workspace_.database, row, push_.lines)
                                  : store::add_inbox(workspace_.database, row, lines_behind(push_, fresh_)));
        if (!branch_) {
            stream_.head = {push_.last(), push_.hashes.back()};
        }
    }
    if (is_signed && push_.last() == stream_.head.seq) {
        stream_.signed_seq = push_.last();
        stream_.signature = push_.signature;
    }
    if (brought_by == stream_.account) {
        stream_.announced = std::max({stream_.announced, push_.announced, stream_.head.seq});
        stream_.announced_items = json_list(push_.waiting);
        stream_.heard = workspace_.clock.now();
    }
    return store::save_stream(workspace_.database, stream_);
}

}  // namespace

Result<Received> receive(Workspace& workspace, store::ProjectRow& project, const ReadPush& push,
                         const ActorId& brought_by) {
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    auto stream = CS_TRY(store::find_stream(workspace.database, push.stream));
    if (!stream) {
        return fail(ErrorCode::not_found, "this stream has not said hello yet", "stream");
    }
    if (stream->project_no != project.no) {
        return fail(ErrorCode::forbidden, concat("this stream is not one of the project '", project.id.text, "'"),
                    "stream");
    }
    Reception reception(workspace, project, std::move(*stream), push);
    CS_TRY_STATUS(reception.place());
    CS_TRY_STATUS(reception.keep(brought_by));
    CS_TRY_STATUS(transaction.commit());
    const bool waits = reception.waits();
    return Received{reception.take_stream(), push.last(), waits};
}

Result<uint64_t> stable_operation(store::Database& database, const store::ProjectRow& project, const StreamId& stream) {
    store::Statement select = CS_TRY(
        database.prepare("SELECT seq FROM operation WHERE stream = ? AND event_seq <= ? ORDER BY seq DESC LIMIT 1"));
    select.bind(stream.text).bind(static_cast<int64_t>(project.stable_seq));
    if (!CS_TRY(select.step())) {
        return uint64_t{0};
    }
    return select.count(0);
}

}  // namespace countersign::api
