// GET .../tiers: each automatic tier with a promise, for each model: open or closed, on which evidence, how the audit
// stands. POST .../tiers/certify opens one, POST .../tiers/close closes it.

#include "core/api/answers.h"
#include "core/api/tier_json.h"
#include "core/json/fields.h"
#include "core/store/tiers.h"

namespace countersign::api {

namespace {

constexpr size_t kModels = 20;  // of each tier, the last ones by name

Result<std::vector<TierOfModel>> tiers_of(Workspace& workspace, const ProjectId& project) {
    const store::ProjectRow row = CS_TRY(store::find_project(workspace.database, project));
    const auto policy = CS_TRY(workspace.policies.current(workspace.database, row));
    const std::vector<store::DrawnModel> models = CS_TRY(store::drawn_models(workspace.database, row));
    std::vector<TierOfModel> out;
    for (const TierDef& tier : policy->tiers) {
        if (!tier.promise) {
            continue;
        }
        std::vector<TierOfModel> here;
        for (const store::DrawnModel& one : models) {
            if (one.tier == tier.id) {
                here.push_back({row, policy, &tier, one.model});
            }
        }
        if (here.empty()) {
            here.push_back({row, policy, &tier, ModelId()});
        }
        const size_t from = here.size() > kModels ? here.size() - kModels : 0;
        out.insert(out.end(), here.begin() + static_cast<ptrdiff_t>(from), here.end());
    }
    return out;
}

Result<Response> list(const Call& call, Workspace& workspace) {
    JsonWriter writer;
    writer.begin_object().name("tiers").begin_array();
    for (const TierOfModel& one : CS_TRY(tiers_of(workspace, ProjectId(call.project())))) {
        write_tier(writer, one, CS_TRY(examine_tier(workspace, one)));
    }
    writer.end_array().end_object();
    return json_response(200, std::move(writer).take());
}

Result<Response> answer_with(Workspace& workspace, const TierOfModel& of) {
    JsonWriter writer;
    write_tier(writer, of, CS_TRY(examine_tier(workspace, of)));
    return json_response(200, std::move(writer).take());
}

struct Asked {
    TierOfModel of;
    std::string words;
};

Result<Asked> read_asked(const Call& call, Workspace& workspace, bool with_words) {
    const Json json = CS_TRY(parse_json(call.body));
    Fields fields = CS_TRY(Fields::of(json, ""));
    const ModelId model(CS_TRY(fields.text("model", {.max_bytes = 200})));
    const std::string tier = CS_TRY(fields.text("tier", {.max_bytes = 64}));
    std::string words = with_words ? CS_TRY(fields.text("why", {.max_bytes = 500})) : std::string();
    CS_TRY_STATUS(fields.done());
    return Asked{CS_TRY(find_tier(workspace, ProjectId(call.project()), tier, model)), std::move(words)};
}

Result<Response> certify(const Call& call, Workspace& workspace) {
    const Asked asked = CS_TRY(read_asked(call, workspace, false));
    CS_TRY_STATUS(open_tier(workspace, asked.of, call.principal.actor));
    return answer_with(workspace, asked.of);
}

Result<Response> close(const Call& call, Workspace& workspace) {
    const Asked asked = CS_TRY(read_asked(call, workspace, true));
    CS_TRY_STATUS(close_tier(workspace, asked.of, call.principal.actor, asked.words));
    return answer_with(workspace, asked.of);
}

}  // namespace

Response list_tiers(const Call& call, Workspace& workspace) {
    return or_problem(list(call, workspace));
}

Response post_tier_certify(const Call& call, Workspace& workspace) {
    return or_problem(certify(call, workspace));
}

Response post_tier_close(const Call& call, Workspace& workspace) {
    return or_problem(close(call, workspace));
}

}  // namespace countersign::api
