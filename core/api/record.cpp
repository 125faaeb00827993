#include "core/api/record.h"

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/json/writer.h"
#include "core/routing/route.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "core/workflow/resolve.h"
#include "core/workflow/sight.h"

namespace countersign::api {

namespace {

// Writes one record; holds what its parts share.
class Record {
public:
    Record(Workspace& workspace, ProjectId project, const ItemState& state, const Policy& policy, Json document,
           std::string_view text)
        : workspace_(workspace),
          state_(state),
          policy_(policy),
          project_(std::move(project)),
          document_(std::move(document)),
          text_(text) {}

    void item();
    void prediction();
    void route();
    void promise(const PromiseTaken& promise);
    void decision();
    Status reviews();
    Status notes();
    void tags();
    std::string finish(const store::ProjectRow& project);

private:
    Status review(const Review& review);
    Status answers(const Review& review);
    void evidence(const Review& review);
    Result<std::string> text_of(const std::optional<Digest>& commitment);

    Workspace& workspace_;
    const ItemState& state_;
    const Policy& policy_;
    ProjectId project_;
    Json document_;
    std::string text_;
    JsonWriter w_;
};

void Record::item() {
    w_.begin_object().name("item").begin_object().member("id", state_.id.text);
    for (const std::string_view part : {"input", "metadata"}) {
        if (const Json* value = document_.find(part)) {
            w_.member(part, *value);
        }
    }
    if (state_.erased) {
        w_.member("erased", to_rfc3339(*state_.erased));
    }
    w_.end_object();
}

void Record::prediction() {
    const Prediction& current = state_.current();
    w_.name("prediction").begin_object().member("model", current.model.text).member("label", current.label.text);
    w_.name("confidence").decimal(to_decimal(current.confidence)).name("scores").begin_object();
    for (const Score& score : current.scores) {
        w_.name(score.label.text).decimal(to_decimal(score.score));
    }
    w_.end_object().end_object();
}

void Record::route() {
    const RouteDef* def = policy_.route(state_.route().route);
    w_.name("route")
        .begin_object()
        .member("tier", state_.route().tier)
        .member("kind", tier_kind_name(state_.route().kind));
    w_.member("route", state_.route().route)
        .member("reason", def == nullptr ? std::string_view() : std::string_view(def->reason));
    if (state_.route().due) {
        w_.member("due", to_rfc3339(*state_.route().due));
    }
    if (state_.route().calibrated) {
        w_.name("calibrated").decimal(to_decimal(*state_.route().calibrated));
    }
    if (state_.route().promise) {
        promise(*state_.route().promise);
    }
    w_.end_object();
}

void Record::promise(const PromiseTaken& promise) {
    w_.name("promise").begin_object().member("tier", promise.tier);
    w_.member("outcome", promise_outcome_name(promise.outcome));
    w_.name("propensity").decimal(to_decimal(promise.propensity));
    if (is_promised(promise.outcome)) {
        w_.member("certificate", promise.certificate).member("number", promise.number);
    }
    w_.end_object();
}

void Record::decision() {
    const Resolution& resolution = state_.resolution;
    w_.name("decision").begin_object().member("status", item_status_name(resolution.status));
    if (resolution.status == ItemStatus::resolved) {
        w_.member("verdict", verdict_name(resolution.verdict));
    }
    if (!resolution.label.empty()) {
        w_.member("label", resolution.label.text);
    }
    w_.name("reviewers").begin_array();
    for (const Review* review : effective_reviews(state_)) {
        w_.text(review->reviewer.text);
    }
    w_.end_array();
    if (resolution.decided_at.us != 0) {
        w_.member("decided", to_rfc3339(resolution.decided_at));
    }
    w_.end_object();
}

Result<std::string> Record::text_of(const std::optional<Digest>& commitment) {
    if (!commitment) {
        return std::string();
    }
    const auto note = CS_TRY(store::read_note(workspace_.database, *commitment));
    return note ? note->text : std::string();
}

Status Record::answers(const Review& review) {
    w_.name("checklist").begin_object();
    for (size_t i = 0; i < review.draft.answers.size(); ++i) {
        const std::string committed = CS_TRY(text_of(review.answer_texts[i]));
        w_.member(review.draft.answers[i].question, review.answer_texts[i] ? committed : review.draft.answers[i].value);
    }
    w_.end_object();
    return success();
}

void Record::evidence(const Review& review) {
    w_.name("evidence").begin_array();
    for (const Evidence& span : review.draft.rationale.evidence) {
        const size_t begin = utf8::byte_offset(text_, span.begin);
        const size_t end = utf8::byte_offset(text_, span.end);
        w_.begin_object()
            .member("field", span.field)
            .member("begin", int64_t{span.begin})
            .member("end", int64_t{span.end});
        w_.member("text", std::string_view(text_).substr(begin, end - begin)).end_object();
    }
    w_.end_array();
}

Status Record::review(const Review& review) {
    w_.begin_object().member("id", review.id.text).member("reviewer", review.reviewer.text);
    w_.member("verdict", verdict_name(review.draft.verdict));
    if (!review.draft.label.empty()) {
        w_.member("label", review.draft.label.text);
    }
    CS_TRY_STATUS(answers(review));
    w_.name("rationale").begin_object().name("codes").begin_array();
    for (const std::string& code : review.draft.rationale.codes) {
        w_.text(code);
    }
    w_.end_array().name("reasons").begin_array();
    for (const std::string& code : review.draft.rationale.codes) {
        w_.text(policy_.reason_path(code));
    }
    w_.end_array().member("text", CS_TRY(text_of(review.text)));
    evidence(review);
    w_.end_object().name("seconds").decimal(
        concat(review.draft.active_ms / 1000, '.', review.draft.active_ms % 1000 / 100));
    w_.member("claimed", to_rfc3339(review.claimed_at)).member("recorded", to_rfc3339(review.recorded_at));
    w_.member("policy", to_hex(review.policy));
    if (review.supersedes) {
        w_.member("supersedes", review.supersedes->text);
    }
    if (!was_prediction_shown(policy_, project_, state_, review)) {
        w_.member_bool("prediction_shown", false);
    }
    if (review.judged.adjudicates) {
        w_.member_bool("adjudicates", true);
    }
    w_.member_bool("withdrawn", review.withdrawn).member("standing", standing_name(review.standing));
    if (review.standing == DecisionStanding::quarantined && review.reason == StandingReason::none) {
        w_.member("standing_reason", review.quarantine_reason);
    } else if (review.reason != StandingReason::none) {
        w_.member("standing_reason", standing_reason_name(review.reason));
    }
    w_.end_object();
    return success();
}

Status Record::reviews() {
    w_.name("reviews").begin_array();
    for (const Review& one : state_.reviews) {
        CS_TRY_STATUS(review(one));
    }
    w_.end_array();
    return success();
}

Status Record::notes() {
    w_.name("notes").begin_array();
    for (const Note& note : state_.notes) {
        w_.begin_object().member("author", note.author.text).member("text", CS_TRY(text_of(note.text)));
        w_.member("recorded", to_rfc3339(note.recorded_at)).end_object();
    }
    w_.end_array();
    return success();
}

void Record::tags() {
    const int32_t band = std::min(state_.current().confidence.value / 200'000, 4) * 2;
    w_.name("tags")
        .begin_array()
        .text(concat("tier:", state_.route().tier))
        .text(concat("route:", state_.route().route));
    w_.text(concat("confidence:", band == 0 ? "0" : concat("0.", band), '-',
                   band == 8 ? std::string("1") : concat("0.", band + 2)));
    if (state_.resolution.status == ItemStatus::resolved && state_.resolution.verdict == Verdict::correct) {
        w_.text("corrected");
    }
    if (state_.resolution.status == ItemStatus::resolved && state_.resolution.verdict == Verdict::reject) {
        w_.text("rejected");
    }
    w_.end_array();
}

std::string Record::finish(const store::ProjectRow& project) {
    w_.name("provenance")
        .begin_object()
        .member("project", project.id.text)
        .member("last_event", static_cast<int64_t>(state_.last_seq));
    w_.member("policy", to_hex(state_.route().policy)).member("document", to_hex(state_.document));
    w_.member("prediction", to_hex(prediction_digest(state_.current())))
        .member("ingested", to_rfc3339(state_.ingested_at));
    w_.end_object().end_object();
    return std::move(w_).take();
}

}  // namespace

Result<std::string> item_record(Workspace& workspace, const store::ProjectRow& project, const ItemId& id,
                                int64_t item_no) {
    const ItemState state = CS_TRY(store::load_state(workspace.database, id, item_no));
    const auto policy = CS_TRY(workspace.policies.get(workspace.database, project, state.route().policy));
    // After erasure the text is gone, and the record says so by its absence.
    auto committed = store::read_document(workspace.database, item_no);
    if (!committed.ok() && committed.error().code != ErrorCode::not_found) {
        return committed.error();
    }
    Json document = committed.ok() ? CS_TRY(parse_json(committed.value().text)) : Json(JsonObject{});
    const std::string text(text_at(document, policy->interface.text));
    Record record(workspace, project.id, state, *policy, std::move(document), text);
    record.item();
    record.prediction();
    record.route();
    record.decision();
    CS_TRY_STATUS(record.reviews());
    CS_TRY_STATUS(record.notes());
    record.tags();
    return record.finish(project);
}

}  // namespace countersign::api
