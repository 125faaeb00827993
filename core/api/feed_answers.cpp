// GET .../feed and .../snapshot: what a device needs to work without a network. JSON Lines; leaves stand in them as
// they are.
//
//   feed?cursor=C        what happened since, commit by commit:
//       {"events":[<leaf>,..],"texts":[..]}               one commit
//       {"enter":{"events":[..],"item":..,"texts":[..]}}  an item that the device must have from here on, whole
//       {"leave":["msg-7"]}                               items that are none of its business any more
//       {"erased":{"items":[..],"commitments":[..]}}      texts that must go
//   snapshot?at=P&after=N&device=D&erased=E&items=H,H   items in scope as of event P, in order of arrival:
//       {"events":[..],"item":..,"texts":[..]}    and those that are asked for (ids in hex), or {"leave":[..]} when
//       there are none; before the first of them {"erased":..} of what was erased behind event E, up to which the
//       device was told; with the last page what became of the device's operations that belong to no item, as commits
// Last line of both: {"end":{"checkpoint","continues","cursor","head","more","next","stable"}}; a page ends only
// between commits. All lines are canonical JSON. 410 with a cursor that does not hold: a snapshot leads on.

#include <algorithm>

#include "core/api/answers.h"
#include "core/api/cursor.h"
#include "core/api/event_json.h"
#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/store/accounts.h"
#include "core/store/checkpoints.h"
#include "core/store/identity.h"
#include "core/store/items.h"
#include "core/workflow/apply.h"

namespace countersign::api {

namespace {

// How far back a new device gets what its account decided: people look at their own work of some days.
constexpr Duration kLately{7 * kDay_us};
constexpr size_t kAsked = 100;  // items of one request that a device asks for by name

Response lines_response(std::string body) {
    Response out;
    out.headers = {{"content-type", "application/jsonl"}, {"cache-control", "no-store"}};
    out.body = std::move(body);
    return out;
}

void append_line(std::string& body, JsonWriter writer) {
    body += std::move(writer).take();
    body += '\n';
}

void append_leave(std::string& body, const ItemId& item) {
    JsonWriter writer;
    writer.begin_object().name("leave").begin_array().text(item.text).end_array().end_object();
    append_line(body, std::move(writer));
}

Result<int64_t> scope_of(Workspace& workspace, const Principal& principal) {
    const auto account = CS_TRY(store::find_account(workspace.database, principal.actor));
    return account ? account->scope : int64_t{0};
}

struct Page {
    FeedCursor cursor;
    bool more = false;
    EventSeq head = 0;
    int64_t next = 0;  // a snapshot's
};

Status append_end(std::string& body, Workspace& workspace, const store::ProjectRow& project, const Page& page) {
    JsonWriter writer;
    writer.begin_object().name("end").begin_object();
    if (const auto checkpoint = CS_TRY(store::newest_checkpoint(workspace.database, project))) {
        writer.member("checkpoint", checkpoint->note);
    }
    const EventSeq continues = CS_TRY(store::continues_at(workspace.database, project));
    writer.member("continues", static_cast<int64_t>(continues)).member("cursor", to_text(page.cursor));
    writer.member("head", static_cast<int64_t>(page.head)).member_bool("more", page.more);
    writer.member("next", page.next).member("stable", static_cast<int64_t>(project.stable_seq));
    append_line(body, std::move(writer.end_object().end_object()));
    return success();
}

// Whether devices may need the item whole by this commit: it waits for people now and did not before; or it has just
// come, and somebody had decided on it already.
Result<bool> needed_whole(store::Database& database, int64_t item_no, EventSeq first, bool ingested) {
    const auto row = CS_TRY(store::read_item(database, item_no));
    if (!row || (!ingested && !waits_for_people(row->status))) {
        return false;
    }
    ItemState state;
    state.id = row->id;
    bool before = false;
    bool comes = false;
    for (const store::StoredEvent& stored : CS_TRY(store::read_item_events(database, item_no))) {
        const auto event = decode_leaf(stored.leaf);
        if (stored.seq >= first) {
            comes = stored.seq == first && ingested;
            break;
        }
        before = true;
        if (event.ok() && event.value().item != row->id) {
            return fail(
                ErrorCode::corrupt,
                "the store is damaged: an event stands with this item and is another's; put a copy of it in its "
                "place",
                row->id.text);
        }
        if (event.ok()) {
            apply(state, event.value());
        }
    }
    return comes && before ? true : waits_for_people(row->status) && !waits_for_people(state.resolution.status);
}

// Whether an item comes by the commit of these events.
bool comes_by(const std::vector<std::optional<Event>>& events) {
    return events.front() && std::holds_alternative<ItemIngested>(events.front()->body);
}

// What this version can read of them.
std::vector<std::optional<Event>> decoded(const std::vector<store::StoredEvent>& commit) {
    std::vector<std::optional<Event>> out;
    out.reserve(commit.size());
    for (const store::StoredEvent& stored : commit) {
        auto event = decode_leaf(stored.leaf);
        out.push_back(event.ok() ? std::optional(std::move(event).value()) : std::nullopt);
    }
    return out;
}

// The commits of a page as lines.
class FeedPage {
public:
    FeedPage(store::Database& database, std::string& body) : database_(database), body_(body) {}

    Status add(const std::vector<store::StoredEvent>& commit);

    // Without the events themselves.
    Status add_consequences(const std::vector<store::StoredEvent>& commit) {
        return add_consequences(commit.front(), decoded(commit));
    }

private:
    Status add_consequences(const store::StoredEvent& first, const std::vector<std::optional<Event>>& events);
    Status enter(int64_t item_no);
    void erased(const SubjectErased& body);

    store::Database& database_;
    std::string& body_;
};

Status FeedPage::add(const std::vector<store::StoredEvent>& commit) {
    // New items reach devices when they wait for people; what else is ingested is no device's business.
    const std::vector<std::optional<Event>> events = decoded(commit);
    if (!comes_by(events)) {
        JsonWriter writer;
        writer.begin_object().name("events").begin_array();
        for (const store::StoredEvent& event : commit) {
            writer.raw(event.leaf);
        }
        writer.end_array().name("texts");
        CS_TRY_STATUS(write_texts_of(writer, database_, events));
        append_line(body_, std::move(writer.end_object()));
    }
    return add_consequences(commit.front(), events);
}

Status FeedPage::add_consequences(const store::StoredEvent& first, const std::vector<std::optional<Event>>& events) {
    const bool whole =
        first.item_no != 0 && CS_TRY(needed_whole(database_, first.item_no, first.seq, comes_by(events)));
    if (whole) {
        return enter(first.item_no);
    }
    for (const std::optional<Event>& event : events) {
        if (!event) {
            continue;
        }
        if (const auto* closed = std::get_if<ItemClosed>(&event->body);
            closed != nullptr && closed->as == ClosedAs::withdrawn) {
            append_leave(body_, event->item);
        }
        if (const auto* subject = std::get_if<SubjectErased>(&event->body)) {
            erased(*subject);
        }
    }
    return success();
}

Status FeedPage::enter(int64_t item_no) {
    const auto row = CS_TRY(store::read_item(database_, item_no));
    if (!row) {
        return fail(ErrorCode::corrupt, "the store is damaged: an item is gone; put a copy of it in its place",
                    std::to_string(item_no));
    }
    JsonWriter writer;
    writer.begin_object().name("enter");
    CS_TRY_STATUS(write_item_line(writer, database_, row->id, item_no));
    append_line(body_, std::move(writer.end_object()));
    return success();
}

void FeedPage::erased(const SubjectErased& body) {
    JsonWriter writer;
    writer.begin_object().name("erased").begin_object().name("commitments").begin_array();
    for (const Digest& commitment : body.commitments) {
        writer.text(to_hex(commitment));
    }
    writer.end_array().name("items").begin_array();
    for (const ItemId& item : body.items) {
        writer.text(item.text);
    }
    append_line(body_, std::move(writer.end_array().end_object().end_object()));
}

Error cursor_gone(std::string_view why) {
    return fail(ErrorCode::gone, concat(why, "; take a snapshot (GET .../snapshot) and go on from there"), "cursor");
}

Status check_cursor(const FeedCursor& cursor, const store::ServerIdentity& server, int64_t scope,
                    const store::ProjectRow& project, const ApiLimits& limits) {
    if (cursor.incarnation != server.incarnation()) {
        return cursor_gone("the server was restored from a backup since");
    }
    if (cursor.scope != scope) {
        return cursor_gone("what this account may see has changed since");
    }
    if (cursor.position > project.head_seq) {
        return cursor_gone("the feed does not reach that far");
    }
    if (project.head_seq - cursor.position > limits.feed_reach) {
        return cursor_gone("too much has happened since");
    }
    return success();
}

Result<Response> feed(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const auto given = call.head.parameter("cursor");
    if (!given || given->empty()) {
        return cursor_gone("there is no place to go on from");
    }
    const FeedCursor cursor = CS_TRY(parse_cursor(*given));
    const store::ServerIdentity server = CS_TRY(store::read_identity(workspace.database));
    const int64_t scope = CS_TRY(scope_of(workspace, call.principal));
    CS_TRY_STATUS(check_cursor(cursor, server, scope, project, workspace.settings.limits));
    const auto most = static_cast<int64_t>(workspace.settings.limits.feed_events);
    const int64_t limit = CS_TRY(number_parameter(call.head, "limit", most, {1, most}));
    const std::vector<store::StoredEvent> events =
        CS_TRY(store::read_events(workspace.database, project, cursor.position, static_cast<size_t>(limit)));
    std::string body;
    FeedPage page(workspace.database, body);
    for (auto begin = events.begin(); begin != events.end();) {
        const auto last = std::find_if(begin, events.end(), [](const store::StoredEvent& event) { return event.ends; });
        const auto end = last == events.end() ? last : last + 1;
        CS_TRY_STATUS(page.add({begin, end}));
        begin = end;
    }
    const EventSeq next = events.empty() ? cursor.position : events.back().seq;
    CS_TRY_STATUS(append_end(body, workspace, project,
                             {{server.incarnation(), scope, next}, next < project.head_seq, project.head_seq, 0}));
    return lines_response(std::move(body));
}

// A device that missed the feed may have texts that had to go meanwhile.
Status append_erasures(std::string& body, Workspace& workspace, const store::ProjectRow& project, const Call& call,
                       EventSeq at) {
    if (!call.head.parameter("erased")) {
        return success();
    }
    const int64_t told = CS_TRY(number_parameter(call.head, "erased", 0, {0, INT64_MAX}));
    FeedPage page(workspace.database, body);
    const std::vector<store::StoredEvent> erasures =
        CS_TRY(store::read_erasures(workspace.database, project, static_cast<EventSeq>(told), at));
    for (const store::StoredEvent& event : erasures) {
        CS_TRY_STATUS(page.add_consequences({event}));
    }
    return success();
}

// What is of no item, and so in none of the lines above.
Status append_fates(std::string& body, Workspace& workspace, const store::ProjectRow& project, const DeviceId& device) {
    for (const store::StoredEvent& event : CS_TRY(store::read_fates(workspace.database, project, device))) {
        JsonWriter writer;
        writer.begin_object().name("events").begin_array().raw(event.leaf).end_array().name("texts");
        append_line(body, std::move(writer.begin_array().end_array().end_object()));
    }
    return success();
}

// Items that a device has and keeps, whatever a snapshot brings: their events, or that they are not here. No texts:
// those are for whoever the item is in scope of, and the device has what was there when it was.
Status append_asked(std::string& body, Workspace& workspace, const store::ProjectRow& project, std::string_view asked) {
    for (size_t count = 0; !asked.empty(); ++count) {
        const size_t comma = asked.find(',');
        auto id = from_hex(asked.substr(0, comma));
        if (!id.ok() || count == kAsked) {
            return fail(ErrorCode::invalid_argument,
                        concat("up to ", kAsked, " items' ids in hexadecimal, separated by commas"), "items");
        }
        asked = comma == std::string_view::npos ? std::string_view() : asked.substr(comma + 1);
        const ItemId item(std::move(id).value());
        const int64_t item_no = CS_TRY(store::find_item(workspace.database, project, item));
        if (item_no == 0) {
            append_leave(body, item);
            continue;
        }
        JsonWriter writer;
        CS_TRY_STATUS(write_item_line(writer, workspace.database, item, item_no, ItemTexts::without));
        append_line(body, std::move(writer));
    }
    return success();
}

Result<Response> snapshot(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const auto head = static_cast<int64_t>(project.head_seq);
    const int64_t at = CS_TRY(number_parameter(call.head, "at", head, {0, INT64_MAX}));
    if (at > head) {
        return cursor_gone("the server was restored from a backup since");
    }
    const int64_t after = CS_TRY(number_parameter(call.head, "after", 0, {0, INT64_MAX}));
    const auto most = static_cast<int64_t>(workspace.settings.limits.page_items);
    const int64_t limit = CS_TRY(number_parameter(call.head, "limit", most, {1, most}));
    const store::ServerIdentity server = CS_TRY(store::read_identity(workspace.database));
    const DeviceId device(std::string(call.head.parameter("device").value_or("")));
    const store::WorkFilter filter{call.principal.actor, workspace.clock.now() - kLately, device};
    const store::WorkPage page =
        CS_TRY(store::work_items(workspace.database, project, filter, after, static_cast<size_t>(limit)));
    std::string body;
    if (after == 0) {
        CS_TRY_STATUS(append_erasures(body, workspace, project, call, static_cast<EventSeq>(at)));
    }
    for (const store::WorkItem& item : page.items) {
        JsonWriter writer;
        CS_TRY_STATUS(write_item_line(writer, workspace.database, item.id, item.no));
        append_line(body, std::move(writer));
    }
    CS_TRY_STATUS(append_asked(body, workspace, project, call.head.parameter("items").value_or("")));
    if (!page.more) {
        CS_TRY_STATUS(append_fates(body, workspace, project, device));
    }
    const int64_t scope = CS_TRY(scope_of(workspace, call.principal));
    CS_TRY_STATUS(
        append_end(body, workspace, project,
                   {{server.incarnation(), scope, static_cast<EventSeq>(at)}, page.more, project.head_seq, page.next}));
    return lines_response(std::move(body));
}

}  // namespace

Response get_feed(const Call& call, Workspace& workspace) {
    return or_problem(feed(call, workspace));
}

Response get_snapshot(const Call& call, Workspace& workspace) {
    return or_problem(snapshot(call, workspace));
}

}  // namespace countersign::api
