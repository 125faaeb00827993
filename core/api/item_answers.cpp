#include "core/api/answers.h"
#include "core/api/record.h"
#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/store/lists.h"

namespace countersign::api {

namespace {

void write_row(JsonWriter& writer, const store::ItemRow& row) {
    writer.begin_object()
        .member("id", row.id.text)
        .member("status", item_status_name(row.status))
        .member("tier", row.tier);
    writer.member("kind", tier_kind_name(row.kind)).member("label", row.label.text).member("model", row.model.text);
    writer.name("confidence").decimal(to_decimal(row.confidence));
    if (row.due) {
        writer.member("due", to_rfc3339(*row.due));
    }
    if (row.status == ItemStatus::resolved) {
        writer.member("decided_label", row.decided_label.text)
            .member("decided", to_rfc3339(row.decided))
            .member("reviewer", row.reviewer.text);
    }
    writer.end_object();
}

template <class Value, class FromName>
Result<Value> named_parameter(const RequestHead& head, std::string_view name, Value otherwise, FromName from_name,
                              std::string_view allowed) {
    const auto text = head.parameter(name);
    if (!text) {
        return otherwise;
    }
    const std::optional<Value> value = from_name(*text);
    return value ? Result<Value>(*value)
                 : fail(ErrorCode::invalid_argument, concat("'", text->substr(0, 40), "' is not one of ", allowed),
                        std::string(name));
}

Result<Response> page_of_items(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    store::ListFilter filter;
    filter.status = CS_TRY(named_parameter(call.head, "status", ItemStatus::open, item_status_from_name,
                                           "open, escalated, auto_approved, resolved"));
    filter.tier = std::string(call.head.parameter("tier").value_or(""));
    filter.label = LabelId(std::string(call.head.parameter("label").value_or("")));
    filter.reviewer = ActorId(std::string(call.head.parameter("reviewer").value_or("")));
    const auto sort = CS_TRY(named_parameter(call.head, "sort", store::ListSort::due, store::list_sort_from_name,
                                             "due, due_last, confidence, sure, newest, oldest"));
    const auto most = static_cast<int64_t>(workspace.settings.limits.page_items);
    const int64_t limit = CS_TRY(number_parameter(call.head, "limit", 100, {1, most}));
    store::ListKey from;
    if (const auto after = call.head.parameter("after")) {
        from = CS_TRY(store::parse_list_key(*after));
    }
    const store::ListPage page =
        CS_TRY(store::list_items(workspace.database, project, filter, sort, from, static_cast<size_t>(limit)));
    JsonWriter writer;
    writer.begin_object().name("items").begin_array();
    for (const store::ItemRow& row : page.rows) {
        write_row(writer, row);
    }
    writer.end_array();
    if (page.next) {
        writer.member("next", store::to_text(*page.next));
    }
    return json_response(200, std::move(writer.end_object()).take());
}

Result<Response> one_item(const Call& call, Workspace& workspace) {
    const store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    const ItemId id(call.path.back());
    const int64_t item_no = CS_TRY(store::find_item(workspace.database, project, id));
    if (item_no == 0) {
        return fail(ErrorCode::not_found,
                    concat("there is no item '", id.text.substr(0, 80), "' in the project '", project.id.text, "'"),
                    "item");
    }
    return json_response(200, CS_TRY(item_record(workspace, project, id, item_no)));
}

}  // namespace

Response list_items(const Call& call, Workspace& workspace) {
    return or_problem(page_of_items(call, workspace));
}

Response get_item(const Call& call, Workspace& workspace) {
    return or_problem(one_item(call, workspace));
}

}  // namespace countersign::api
