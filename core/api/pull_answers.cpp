// GET .../workset and .../changes: what a device needs to work without a network. JSON Lines; the last line says where
// to go on.
//
//   workset?after=N   items that people review, in order of arrival, each with all its events and texts
//   changes?after=N   events after N but for the ingest of new items, each with the texts it commits to
// Last line: {"next":N,"more":true,"head":N}

#include "core/api/answers.h"
#include "core/api/event_json.h"
#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/store/items.h"

namespace countersign::api {

namespace {

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

// What an event's body commits to, as far as this version knows.
std::vector<std::optional<Digest>> commitments_of(std::string_view leaf) {
    std::vector<std::optional<Digest>> out;
    const auto event = decode_leaf(leaf);
    if (!event.ok()) {
        return out;
    }
    if (const auto* submitted = std::get_if<ReviewSubmitted>(&event.value().body)) {
        out = submitted->review.answer_texts;
        out.push_back(submitted->review.text);
    } else if (const auto* note = std::get_if<NoteAdded>(&event.value().body)) {
        out.emplace_back(note->text);
    }
    return out;
}

// The texts of these commitments that are still here.
Status write_event_texts(JsonWriter& writer, store::Database& database, std::string_view leaf) {
    writer.name("texts").begin_array();
    for (const std::optional<Digest>& commitment : commitments_of(leaf)) {
        const auto note = commitment ? CS_TRY(store::read_note(database, *commitment)) : std::optional<CommittedText>();
        if (note) {
            write_text(writer, *note);
        }
    }
    writer.end_array();
    return success();
}

Result<std::string> change_line(store::Database& database, const store::StoredEvent& event) {
    JsonWriter writer;
    writer.begin_object().member("seq", static_cast<int64_t>(event.seq)).member("leaf", event.leaf);
    CS_TRY_STATUS(write_event_texts(writer, database, event.leaf));
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
    const std::vector<store::WorkItem> items =
        CS_TRY(store::human_items(workspace.database, project, after, static_cast<size_t>(limit)));
    std::string body;
    for (const store::WorkItem& item : items) {
        JsonWriter writer;
        CS_TRY_STATUS(write_item_line(writer, workspace.database, item.id, item.no));
        body += std::move(writer).take();
        body += '\n';
    }
    const bool more = items.size() == static_cast<size_t>(limit);
    append_last_line(body, items.empty() ? after : items.back().no, more, project.head_seq);
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
