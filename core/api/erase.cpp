#include "core/api/erase.h"

#include <algorithm>

#include "core/api/judge.h"
#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/store/record.h"
#include "core/store/subjects.h"

namespace countersign::api {

namespace {

constexpr size_t kTombstone_bytes = 16;
constexpr size_t kEvent_bytes = 40'000;  // of the lists in one event, with room for the rest of its leaf
constexpr size_t kDigest_bytes = 67;     // as it stands in a list
constexpr uint64_t kJudgedAtOnce = 1'000;

// Cuts what was erased into events that fit the log.
class Parts {
public:
    explicit Parts(const SubjectErased& about) : about_(about) { parts_.push_back(about_); }

    void add(const ItemId& item, const std::vector<Digest>& commitments) {
        // Each byte of an id may take six in the leaf.
        make_room(item.text.size() * 6 + 3);
        parts_.back().items.push_back(item);
        for (const Digest& commitment : commitments) {
            make_room(kDigest_bytes);
            parts_.back().commitments.push_back(commitment);
        }
    }

    std::vector<SubjectErased> take() { return std::move(parts_); }

private:
    void make_room(size_t bytes) {
        if (used_ + bytes > kEvent_bytes) {
            parts_.push_back(about_);
            used_ = 0;
        }
        used_ += bytes;
    }

    SubjectErased about_;
    std::vector<SubjectErased> parts_;
    size_t used_ = 0;
};

void add_missing(std::vector<std::string>& list, std::string one) {
    if (std::find(list.begin(), list.end(), one) == list.end()) {
        list.push_back(std::move(one));
    }
}

// One subject on its way out.
class Erasure {
public:
    Erasure(store::Database& database, store::ProjectRow project, store::Cause cause)
        : database_(database), project_(std::move(project)), cause_(std::move(cause)) {}

    // The texts of an item, and its place among what waits.
    Status take(const store::WorkItem& item, std::vector<Digest>& commitments);
    // The rest of it: events, the items closed, and that this store is in line with the tombstone.
    Status record(const std::vector<SubjectErased>& parts, const std::vector<ItemId>& items, Tombstone& tombstone);

    const store::ProjectRow& project() const { return project_; }

    const std::vector<KeyRef>& keys() const { return keys_; }

private:
    Status close(const ItemId& item);

    store::Database& database_;
    store::ProjectRow project_;
    store::Cause cause_;
    std::vector<KeyRef> keys_;
};

Status Erasure::take(const store::WorkItem& item, std::vector<Digest>& commitments) {
    const store::HeldTexts held = CS_TRY(store::texts_held(database_, item.no));
    commitments = held.commitments;
    if (auto key = CS_TRY(store::key_of_item(database_, item.no))) {
        add_missing(keys_, std::move(*key));
    }
    for (const KeyRef& key : held.keys) {
        add_missing(keys_, key);
    }
    return store::forget_texts(database_, item.no);
}

Status Erasure::record(const std::vector<SubjectErased>& parts, const std::vector<ItemId>& items,
                       Tombstone& tombstone) {
    for (const SubjectErased& part : parts) {
        const EventSeq seq = CS_TRY(store::record_project_event(database_, project_, part, cause_));
        const store::StoredEvent stored = CS_TRY(store::read_event(database_, project_, seq));
        tombstone.leaves += stored.leaf;
        tombstone.leaves += '\n';
    }
    for (const ItemId& item : items) {
        CS_TRY_STATUS(close(item));
    }
    CS_TRY_STATUS(store::save_project(database_, project_));
    return store::add_erasure(database_, project_, tombstone, project_.head_seq);
}

Status Erasure::close(const ItemId& item) {
    int64_t item_no = CS_TRY(store::find_item(database_, project_, item));
    ItemState state = CS_TRY(store::load_state(database_, item, item_no));
    if (item_no == 0 || state.erased) {
        return success();
    }
    CS_TRY(store::record_item_events(database_, project_, state, item_no, {ItemClosed{ClosedAs::erased}}, cause_));
    return success();
}

struct Found {
    std::vector<store::WorkItem> items;
    std::string subject;  // keyed hash; empty for an item that stands for itself
    std::optional<Instant> erased;
};

Error nobody(const ErasureRequest& request) {
    return fail(ErrorCode::not_found,
                request.subject.empty()
                    ? concat("there is no item '", request.item.text, "' in the project '", request.project.text, "'")
                    : concat("no item of the project '", request.project.text, "' is about this subject"),
                request.subject.empty() ? "item" : "subject");
}

Result<Found> find(store::Database& database, const store::ProjectRow& project, const ErasureRequest& request,
                   Instant now) {
    Found out;
    if (!request.subject.empty()) {
        out.subject = database.keys()->name_of(NamedKind::subject, project.id.text, request.subject);
        out.items = CS_TRY(store::items_of_subject(database, project, out.subject));
        if (out.items.empty() && !CS_TRY(database.keys()->is_erased(out.subject))) {
            return nobody(request);
        }
        out.erased = out.items.empty() ? std::optional(now) : std::nullopt;
        return out;
    }
    const int64_t item_no = CS_TRY(store::find_item(database, project, request.item));
    if (item_no == 0) {
        return nobody(request);
    }
    const ItemState state = CS_TRY(store::load_state(database, request.item, item_no));
    out.erased = state.erased;
    out.subject = CS_TRY(store::subject_of_item(database, item_no));
    out.items = out.subject.empty() ? std::vector<store::WorkItem>{{item_no, request.item}}
                                    : CS_TRY(store::items_of_subject(database, project, out.subject));
    return out;
}

Status judge_all(Workspace& workspace) {
    Judge judge;
    while (CS_TRY(judge.step(workspace, kJudgedAtOnce)) > 0) {
    }
    return success();
}

// What is to be erased is in `found`.
Result<Erased> erase_found(Workspace& workspace, const ErasureRequest& request, store::ProjectRow project,
                           const Found& found) {
    SubjectKeys& keys = *workspace.database.keys();
    const Instant now = workspace.clock.now();
    Erased out{{}, now};
    Erasure erasure(workspace.database, std::move(project), {request.actor, now, {}});
    SubjectErased about;
    about.ground = request.ground;
    about.note = request.note;
    about.requested_by = request.actor;
    Parts parts(about);
    Tombstone tombstone;
    tombstone.id = workspace.entropy.bytes(kTombstone_bytes);
    tombstone.project = request.project.text;
    for (const store::WorkItem& item : found.items) {
        std::vector<Digest> commitments;
        CS_TRY_STATUS(erasure.take(item, commitments));
        parts.add(item.id, commitments);
        tombstone.names.push_back(keys.name_of(NamedKind::item, request.project.text, item.id.text));
        out.items.push_back(item.id);
    }
    if (!found.subject.empty()) {
        tombstone.names.push_back(found.subject);
    }
    tombstone.keys = erasure.keys();
    CS_TRY_STATUS(erasure.record(parts.take(), out.items, tombstone));
    // The last that can fail: what the job took back would be destroyed all the same.
    CS_TRY_STATUS(keys.destroy(tombstone));
    workspace.database.truncate_soon();
    return out;
}

// One tombstone that the store does not know of.
Status replay(store::Database& database, store::ProjectRow project, Tombstone tombstone, Instant now) {
    Erasure erasure(database, std::move(project), {ActorId("system"), now, {}});
    std::vector<SubjectErased> parts;
    std::vector<ItemId> items;
    for (std::string_view rest = tombstone.leaves; !rest.empty();) {
        const std::string_view leaf = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(leaf.size() + 1);
        Event event = CS_TRY(decode_leaf(leaf));
        auto* erased = std::get_if<SubjectErased>(&event.body);
        CS_CHECK(erased != nullptr);
        for (const Digest& commitment : erased->commitments) {
            CS_TRY_STATUS(store::forget_note(database, commitment));
        }
        items.insert(items.end(), erased->items.begin(), erased->items.end());
        parts.push_back(std::move(*erased));
    }
    for (const ItemId& item : items) {
        const int64_t item_no = CS_TRY(store::find_item(database, erasure.project(), item));
        std::vector<Digest> commitments;
        CS_TRY_STATUS(item_no == 0 ? success() : erasure.take({item_no, item}, commitments));
    }
    return erasure.record(parts, items, tombstone);
}

}  // namespace

Result<Erased> erase(Workspace& workspace, const ErasureRequest& request) {
    store::Database& database = workspace.database;
    if (database.keys() == nullptr) {
        return fail(ErrorCode::failed_precondition,
                    "the texts of this store lie in plain; only a server's can be erased");
    }
    store::Transaction transaction(database);
    CS_TRY_STATUS(transaction.begin());
    CS_TRY(replay_erasures(database, workspace.clock.now()));
    CS_TRY_STATUS(judge_all(workspace));
    store::ProjectRow project = CS_TRY(store::find_project(database, request.project));
    const Found found = CS_TRY(find(database, project, request, workspace.clock.now()));
    Erased out{{}, found.erased.value_or(Instant{}), true};
    for (const store::WorkItem& item : found.items) {
        out.items.push_back(item.id);
    }
    if (!found.erased) {
        out = CS_TRY(erase_found(workspace, request, std::move(project), found));
    }
    CS_TRY_STATUS(transaction.commit());
    return out;
}

Result<uint64_t> replay_erasures(store::Database& database, Instant now) {
    uint64_t replayed = 0;
    store::Transaction transaction(database);
    CS_TRY_STATUS(transaction.begin());
    const std::vector<Tombstone> tombstones = CS_TRY(database.keys()->tombstones());
    for (const Tombstone& tombstone : tombstones) {
        if (CS_TRY(store::has_erasure(database, tombstone.id))) {
            continue;
        }
        auto project = store::find_project(database, ProjectId(tombstone.project));
        if (!project.ok() && project.error().code == ErrorCode::not_found) {
            continue;  // put back to before the project was made: nothing of it is here
        }
        CS_TRY_STATUS(replay(database, CS_TRY(std::move(project)), tombstone, now));
        ++replayed;
    }
    if (replayed > 0) {
        database.truncate_soon();
    }
    CS_TRY_STATUS(transaction.commit());
    return replayed;
}

Result<bool> was_erased(Workspace& workspace, const store::ProjectRow& project, const ItemId& item) {
    SubjectKeys* keys = workspace.database.keys();
    return keys == nullptr ? Result<bool>(false)
                           : keys->is_erased(keys->name_of(NamedKind::item, project.id.text, item.text));
}

}  // namespace countersign::api
