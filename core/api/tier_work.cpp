#include "core/api/tier_work.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/store/items.h"
#include "core/store/record.h"
#include "core/store/tiers.h"
#include "core/tiers/keys.h"

namespace countersign::api {

namespace {

const ActorId kSystem{"system"};

// Which promise an item was drawn under, by the policy that it was routed under.
class Bases {
public:
    Bases(Workspace& workspace, const store::ProjectRow& project, std::string tier)
        : workspace_(workspace), project_(project), tier_(std::move(tier)) {}

    Result<std::optional<Digest>> of(const Digest& policy) {
        const auto known = known_.find(policy);
        if (known != known_.end()) {
            return known->second;
        }
        const auto loaded = CS_TRY(workspace_.policies.get(workspace_.database, project_, policy));
        const TierDef* tier = loaded->tier(tier_);
        const bool promises = tier != nullptr && tier->promise;
        return known_[policy] = promises ? std::optional(tier->promise->basis) : std::nullopt;
    }

private:
    Workspace& workspace_;
    const store::ProjectRow& project_;
    std::string tier_;
    std::map<Digest, std::optional<Digest>> known_;
};

Result<std::vector<tiers::DrawnItem>> drawn_under(Workspace& workspace, const TierOfModel& of) {
    std::vector<tiers::DrawnItem> drawn =
        CS_TRY(store::read_drawn(workspace.database, of.project, of.tier->id, of.model));
    Bases bases(workspace, of.project, of.tier->id);
    std::vector<tiers::DrawnItem> out;
    for (tiers::DrawnItem& item : drawn) {
        if (CS_TRY(bases.of(item.policy)) == of.tier->promise->basis) {
            out.push_back(std::move(item));
        }
    }
    return out;
}

tiers::CertifyRequest request_of(const TierOfModel& of, const ExaminedTier& examined) {
    return {*of.policy, *of.tier, of.model, examined.board, examined.secret};
}

Result<EventSeq> record_fact(Workspace& workspace, store::ProjectRow& project, EventBody body, const ActorId& actor,
                             tiers::TierBoard& board) {
    Event event;
    event.at = workspace.clock.now();
    event.body = body;
    event.seq = CS_TRY(
        store::record_project_event(workspace.database, project, std::move(body), {actor, event.at, std::nullopt}));
    board.apply(event);
    return event.seq;
}

Status record_closing(Workspace& workspace, store::ProjectRow& project, const TierClosed& closed, const ActorId& actor,
                      tiers::TierBoard& board) {
    CS_TRY(record_fact(workspace, project, closed, actor, board));
    // What was still to be approved by it is not.
    CS_TRY_STATUS(store::end_rerouting(workspace.database, {project.no, closed.certificate, false, 0}));
    return closed.good_until ? store::save_rerouting(workspace.database, {project.no, closed.certificate, true, 0})
                             : success();
}

std::string alarm_words(const tiers::AuditState& audit, const tiers::Certification& certification) {
    const std::string limit = to_percent(certification.certified.max_error, 2);
    const std::string since = concat("; the evidence rose from item ", audit.good_until + 1, " on");
    return audit.by_change
               ? concat("the audit found that more than ", limit, " of the approved items have become wrong", since)
               : concat("the audit found ", audit.errors, " of ", audit.decided,
                        " wrong, more than chance explains if at most ", limit, " of the approved items were", since);
}

}  // namespace

Result<TierOfModel> find_tier(Workspace& workspace, const ProjectId& project, const std::string& tier,
                              const ModelId& model) {
    TierOfModel out;
    out.project = CS_TRY(store::find_project(workspace.database, project));
    out.policy = CS_TRY(workspace.policies.current(workspace.database, out.project));
    std::vector<std::string> promising;
    for (const TierDef& one : out.policy->tiers) {
        if (one.promise) {
            promising.push_back(one.id);
        }
    }
    out.tier = out.policy->tier(tier);
    if (out.tier == nullptr || !out.tier->promise) {
        return fail(ErrorCode::not_found,
                    promising.empty()
                        ? std::string("the policy in force has no tier with a promise")
                        : concat("there is no tier '", tier, "' with a promise", suggestion(tier, promising)),
                    "tier");
    }
    std::vector<std::string> models;
    for (const store::DrawnModel& one : CS_TRY(store::drawn_models(workspace.database, out.project))) {
        if (one.tier == tier) {
            models.push_back(one.model.text);
        }
    }
    if (std::find(models.begin(), models.end(), model.text) == models.end()) {
        return fail(ErrorCode::not_found,
                    models.empty()
                        ? concat("nothing has been routed to the tier '", tier, "' yet")
                        : concat("there is no model '", model.text, "' here", suggestion(model.text, models)),
                    "model");
    }
    out.model = model;
    return out;
}

Result<ExaminedTier> examine_tier(Workspace& workspace, const TierOfModel& of) {
    ExaminedTier out;
    out.board = CS_TRY(store::load_board(workspace.database, of.project));
    out.secret = CS_TRY(store::tier_secret(workspace.database, of.project));
    out.drawn = CS_TRY(drawn_under(workspace, of));
    out.readiness = CS_TRY(tiers::examine(request_of(of, out), out.drawn));
    if (const tiers::Certification* newest = out.board.newest(of.tier->id, of.model)) {
        out.audit = tiers::watch(*newest, out.drawn, of.tier->promise->alarm);
    }
    return out;
}

Status open_tier(Workspace& workspace, const TierOfModel& of, const ActorId& actor) {
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, of.project.id));
    ExaminedTier examined = CS_TRY(examine_tier(workspace, of));
    const tiers::CertifyRequest request = request_of(of, examined);
    tiers::TierBoard board = examined.board;
    // Found first whether it opens: nothing is written when it does not.
    CS_TRY(tiers::certificate_fact(request, examined.readiness, board, 0));
    if (auto chosen = tiers::calibration_fact(request, examined.readiness)) {
        CS_TRY(record_fact(workspace, project, std::move(*chosen), actor, board));
    }
    if (const tiers::Certification* before = board.newest(of.tier->id, of.model); before != nullptr && before->open()) {
        const TierClosed closed =
            tiers::closing(*before, *examined.audit, TierClosedBy::successor,
                           tiers::audit_key(examined.secret, before->certified.serial), "another certificate follows");
        CS_TRY_STATUS(record_closing(workspace, project, closed, actor, board));
    }
    const tiers::Calibration* calibration = board.calibration(of.model);
    const TierCertified certified = CS_TRY(tiers::certificate_fact(
        request, examined.readiness, board, calibration == nullptr ? EventSeq{0} : calibration->seq));
    CS_TRY(record_fact(workspace, project, certified, actor, board));
    CS_TRY_STATUS(store::save_rerouting(workspace.database, {project.no, certified.serial, false, 0}));
    CS_TRY_STATUS(store::save_project(workspace.database, project));
    return transaction.commit();
}

Status close_tier(Workspace& workspace, const TierOfModel& of, const ActorId& actor, const std::string& words) {
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    store::ProjectRow project = CS_TRY(store::find_project(workspace.database, of.project.id));
    tiers::TierBoard board = CS_TRY(store::load_board(workspace.database, project));
    const tiers::Certification* newest = board.newest(of.tier->id, of.model);
    if (newest == nullptr || !newest->open()) {
        return fail(ErrorCode::failed_precondition,
                    concat("the tier '", of.tier->id, "' is not open for the model '", of.model.text, "'"), "tier");
    }
    const std::string secret = CS_TRY(store::tier_secret(workspace.database, project));
    const tiers::AuditState audit = tiers::watch(*newest, CS_TRY(drawn_under(workspace, of)), of.tier->promise->alarm);
    const TierClosed closed =
        tiers::closing(*newest, audit, TierClosedBy::person, tiers::audit_key(secret, newest->certified.serial), words);
    CS_TRY_STATUS(record_closing(workspace, project, closed, actor, board));
    CS_TRY_STATUS(store::save_project(workspace.database, project));
    return transaction.commit();
}

Result<int> close_alarmed(Workspace& workspace, const store::ProjectRow& row) {
    store::ProjectRow project = row;
    tiers::TierBoard board = CS_TRY(store::load_board(workspace.database, project));
    if (std::none_of(board.certifications().begin(), board.certifications().end(),
                     [](const tiers::Certification& one) { return one.open(); })) {
        return 0;
    }
    store::Transaction transaction(workspace.database);
    CS_TRY_STATUS(transaction.begin());
    const auto policy = CS_TRY(workspace.policies.current(workspace.database, project));
    const std::vector<tiers::Certification> all = board.certifications();
    int closed = 0;
    for (const tiers::Certification& one : all) {
        const TierDef* tier = policy->tier(one.certified.tier);
        if (!one.open() || tier == nullptr || !tier->promise) {
            continue;
        }
        const std::vector<tiers::DrawnItem> drawn =
            CS_TRY(store::read_drawn(workspace.database, project, one.certified.tier, one.certified.model));
        const tiers::AuditState audit = tiers::watch(one, drawn, tier->promise->alarm);
        if (!audit.alarmed) {
            continue;
        }
        const std::string secret = CS_TRY(store::tier_secret(workspace.database, project));
        const TierClosed fact = tiers::closing(one, audit, TierClosedBy::alarm,
                                               tiers::audit_key(secret, one.certified.serial), alarm_words(audit, one));
        CS_TRY_STATUS(record_closing(workspace, project, fact, kSystem, board));
        ++closed;
    }
    if (closed > 0) {
        CS_TRY_STATUS(store::save_project(workspace.database, project));
    }
    CS_TRY_STATUS(transaction.commit());
    return closed;
}

}  // namespace countersign::api
