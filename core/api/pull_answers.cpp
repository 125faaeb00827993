// GET .../workset and .../changes: what a device needs to work without a network. JSON Lines; the last line says where
// to go on.
//
//   workset?after=N   items that wait for people, and what this account decided lately, in order of arrival, each with
//                     all its events and texts
//   changes?after=N   events after N but for the ingest of new items, each with the texts it commits to; an event from
//                     which on an item waits for people brings the item whole, because a device may not have it
// Last line: {"next":N,"more":true,"head":N}

#include "core/api/answers.h"
#include "core/api/event_json.h"
#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/log/named_texts.h"
#include "core/store/items.h"
#include "core/workflow/apply.h"

namespace countersign::api {

namespace {

// How far back a new device gets what its account decided: people look at their own work of some days.
constexpr Duration kLately{7 * kDay_us};

Response lines_response(std::string body) {
    Response out;
    out.headers = {{"content-type", "application/jsonl"}, {"cache-control", "no-store"}};
    out.body = std::move(body);
    return out;
}

void append_last_line(std::string& body, int64_t next, bool more, EventSeq head) {
    JsonWriter writer;
    writer.begin_object()
        .member("next", next)
        .member_bool("more", more)
        .member("head", static_cast<int64_t>(head))
        .end_object();
    body += std::move(writer).take();
    body += '\n';
}

// The texts that the event commits to and that are still here.
Status write_event_texts(JsonWriter& writer, store::Database& database, const Event& event) {
    writer.name("texts").begin_array();
    for (const NamedText& named : texts_named_by(event.body)) {
        const auto note = CS_TRY(store::read_note(database, named.commitment));
        if (note) {
            write_text(writer, *note);
        }
    }
    writer.end_array();
    return success();
}

bool may_begin_to_wait(const Event& event) {
    const auto* added = std::get_if<PredictionAdded>(&event.body);
    return (added != nullptr && added->route) || std::holds_alternative<ReviewSubmitted>(event.body) ||
           std::holds_alternative<ReviewWithdrawn>(event.body);
}

// Whether the item waits for people now, and began to with this event.
Result<bool> begins_to_wait(store::Database& database, const Event& event, int64_t item_no) {
    if (item_no == 0 || !may_begin_to_wait(event)) {
        return false;
    }
    const auto row = CS_TRY(store::read_item(database, item_no));
    if (!row || !waits_for_people(row->status)) {
        return false;
    }
    ItemState state;
    state.id = row->id;
    const std::vector<store::StoredEvent> events = CS_TRY(store::read_item_events(database, item_no));
    for (const store::StoredEvent& stored : events) {
        const auto one = stored.seq <= event.seq ? decode_leaf(stored.leaf) : Result<Event>(Error{});
        const bool waited = waits_for_people(state.resolution.status);
        if (one.ok() && one.value().item != row->id) {
            return fail(ErrorCode::corrupt, "an event is stored as this item's and is another's", row->id.text);
        }
        if (one.ok()) {
            apply(state, one.value());
        }
        if (stored.seq == event.seq) {
            return !waited && waits_for_people(state.resolution.status);
        }
    }
    return false;
}

Result<std::string> change_line(store::Database& database, const store::StoredEvent& stored) {
    JsonWriter writer;
    writer.begin_object().member("seq", static_cast<int64_t>(stored.seq)).member("leaf", stored.leaf);
    // Of a kind that this version does not know: it goes on as it is.
    const auto event = decode_leaf(stored.leaf);
    if (event.ok()) {
        CS_TRY_STATUS(write_event_texts(writer, database, event.value()));
    } else {
        writer.name("texts").begin_array().end_array();
    }
    if (event.ok() && CS_TRY(begins_to_wait(database, event.value(), stored.item_no))) {
        writer.name("whole");
        CS_TRY_STATUS(write_item_line(writer, database, event.value().item, stored.item_no));
    }
    return std::move(writer.end_object()).take();
}

Result<Response> changes(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const int64_t after = CS_TRY(number_parameter(call.head, "after", 0, {0, INT64_MAX}));
    const auto most = static_cast<int64_t>(workspace.settings.limits.pull_events);
    const int64_t limit = CS_TRY(number_parameter(call.head, "limit", most, {1, most}));
    const std::vector<store::StoredEvent> events = CS_TRY(
        store::read_changes(workspace.database, project, static_cast<EventSeq>(after), static_cast<size_t>(limit)));
    std::string body;
    for (const store::StoredEvent& event : events) {
        body += CS_TRY(change_line(workspace.database, event));
        body += '\n';
    }
    const bool more = events.size() == static_cast<size_t>(limit);
    const EventSeq next = more ? events.back().seq : project.head_seq;
    append_last_line(body, static_cast<int64_t>(next), more, project.head_seq);
    return lines_response(std::move(body));
}

Result<Response> workset(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const int64_t after = CS_TRY(number_parameter(call.head, "after", 0, {0, INT64_MAX}));
    const auto most = static_cast<int64_t>(workspace.settings.limits.page_items);
    const int64_t limit = CS_TRY(number_parameter(call.head, "limit", most, {1, most}));
    const store::WorkFilter filter{call.principal.actor, workspace.clock.now() - kLately};
    const store::WorkPage page =
        CS_TRY(store::work_items(workspace.database, project, filter, after, static_cast<size_t>(limit)));
    std::string body;
    for (const store::WorkItem& item : page.items) {
        JsonWriter writer;
        CS_TRY_STATUS(write_item_line(writer, workspace.database, item.id, item.no));
        body += std::move(writer).take();
        body += '\n';
    }
    append_last_line(body, page.next, page.more, project.head_seq);
    return lines_response(std::move(body));
}

}  // namespace

Response get_changes(const Call& call, Workspace& workspace) {
    return or_problem(changes(call, workspace));
}

Response get_workset(const Call& call, Workspace& workspace) {
    return or_problem(workset(call, workspace));
}

}  // namespace countersign::api
