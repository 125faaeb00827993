#include "core/api/answers.h"
#include "core/api/export.h"
#include "core/api/record.h"
#include "core/base/concat.h"
#include "core/store/items.h"

namespace countersign::api {

namespace {

constexpr size_t kPiece_bytes = size_t{64} * 1024;

struct ExportItem {
    int64_t no = 0;
    ItemId id;
    ItemStatus status = ItemStatus::unknown;
    std::string tier;
};

Result<std::vector<ExportItem>> next_items(store::Database& database, const store::ProjectRow& project, int64_t after) {
    std::vector<ExportItem> out;
    store::Statement select = CS_TRY(
        database.prepare("SELECT no, id, status, tier FROM item WHERE project = ? AND no > ? ORDER BY no LIMIT 500"));
    select.bind(project.no).bind(after);
    while (CS_TRY(select.step())) {
        out.push_back(
            {select.integer(0), ItemId(std::string(select.text(1))),
             static_cast<ItemStatus>(CS_TRY(select.integer_within(2, 0, static_cast<int64_t>(ItemStatus::withdrawn)))),
             std::string(select.text(3))});
    }
    return out;
}

// Pulls an Export with the workspace of the thread that answers.
class ExportSource : public BodySource {
public:
    ExportSource(Export records, Workspace& workspace) : records_(std::move(records)), workspace_(workspace) {}

    Result<bool> next(std::string& out) override { return records_.next(workspace_, out); }

private:
    Export records_;
    Workspace& workspace_;
};

Result<Response> start_export(const Call& call, Workspace& workspace) {
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, ProjectId(call.project())));
    ExportOptions options;
    if (const auto statuses = call.head.parameter("status")) {
        options.statuses = CS_TRY(parse_statuses(*statuses));
    }
    options.tier = std::string(call.head.parameter("tier").value_or(""));
    Response response;
    response.headers = {{"content-type", "application/jsonl"},
                        {"cache-control", "no-store"},
                        {"content-disposition", concat("attachment; filename=\"", project.id.text, ".jsonl\"")}};
    response.source = std::make_unique<ExportSource>(Export(std::move(project), std::move(options)), workspace);
    return response;
}

}  // namespace

Result<std::set<ItemStatus>> parse_statuses(std::string_view text) {
    std::set<ItemStatus> out;
    while (!text.empty()) {
        const size_t comma = text.find(',');
        const std::string_view one = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        const auto status = item_status_from_name(one);
        if (!status) {
            return fail(ErrorCode::invalid_argument,
                        concat("'", one.substr(0, 40), "' is not one of open, escalated, auto_approved, resolved"),
                        "status");
        }
        out.insert(*status);
    }
    return out;
}

Result<bool> Export::next(Workspace& workspace, std::string& out) {
    const size_t before = out.size();
    while (!done_ && out.size() - before < kPiece_bytes) {
        const std::vector<ExportItem> items = CS_TRY(next_items(workspace.database, project_, last_no_));
        done_ = items.empty();
        for (auto item = items.begin(); item != items.end() && out.size() - before < kPiece_bytes; ++item) {
            last_no_ = item->no;
            const bool wanted =
                options_.statuses.contains(item->status) && (options_.tier.empty() || options_.tier == item->tier);
            if (!wanted) {
                continue;
            }
            out += CS_TRY(item_record(workspace, project_, item->id, item->no));
            out += '\n';
            ++records_;
        }
    }
    return out.size() > before;
}

Response get_export(const Call& call, Workspace& workspace) {
    return or_problem(start_export(call, workspace));
}

}  // namespace countersign::api
