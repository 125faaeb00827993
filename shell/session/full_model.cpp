// The full review as a model: what FullScreen knows, in the form that the view draws.

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/checklist/answers.h"
#include "core/rationale/reasons.h"
#include "shell/session/fate.h"
#include "shell/session/full_screen.h"
#include "shell/session/others.h"
#include "shell/session/places.h"
#include "shell/session/reason_tree.h"
#include "shell/session/words.h"

namespace countersign::shell {

namespace {

constexpr int kEvidenceColours = 8;

QuestionKind kind_of(QuestionType type) {
    switch (type) {
        case QuestionType::yes_no: return QuestionKind::yes_no;
        case QuestionType::yes_no_na: return QuestionKind::yes_no_na;
        case QuestionType::choice: return QuestionKind::choice;
        case QuestionType::number: return QuestionKind::number;
        case QuestionType::text: return QuestionKind::text;
        case QuestionType::evidence: return QuestionKind::evidence;
    }
    return QuestionKind::text;
}

std::string evidence_letter(size_t index) {
    return std::string(1, static_cast<char>('a' + static_cast<char>(index % 26)));
}

}  // namespace

bool FullScreen::missing(std::string_view place) const {
    return tried_ && std::any_of(shortfalls_.begin(), shortfalls_.end(),
                                 [&](const Shortfall& one) { return one.place == place; });
}

void FullScreen::fill_item(FullModel& model) const {
    const ItemState& state = item_->state;
    const Instant now = work_.clock.now();
    model.document = item_->text;
    model.facts = fact_lines(*item_);
    for (const std::string& line : guidance_lines(*item_->policy)) {
        model.guidance.push_back(line);
    }
    model.due = due_model(work_.texts, state.route().due, now);
    model.blind = blind_;
    if (!blind_) {
        fill_prediction(model);
    }
    model.held_words = held_words(work_, state);
    model.own = own_decisions(work_, state);
    model.others = others_decisions(work_, *item_);
    model.waits_words = supersedes_ ? std::string() : waits_words(work_, state);
}

void FullScreen::fill_prediction(FullModel& model) const {
    const Prediction& current = item_->state.current();
    model.predicted = label_model(*item_->policy, current.label);
    model.confidence = confidence_model(current.confidence);
    model.scores.push_back({model.predicted, current.confidence.value, to_percent(current.confidence, 0)});
    for (ScoreModel& score : other_scores(*item_, 4)) {
        model.scores.push_back(std::move(score));
    }
    model.model = current.model.text;
    model.routing = routing_model(work_.texts, *item_, work_.clock.now());
}

void FullScreen::fill_checklist(FullModel& model) const {
    const Checklist* checklist = item_->policy->checklist_for(item_->state.route());
    if (checklist == nullptr) {
        return;
    }
    const countersign::Verdict verdict = draft_.verdict.value_or(countersign::Verdict::accept);
    for (size_t i = 0; i < checklist->questions.size(); ++i) {
        if (i < shown_.size() && !shown_[i]) {
            continue;
        }
        const Question& question = checklist->questions[i];
        ChecklistQuestion out;
        out.id = question.id;
        out.text = question.question;
        out.help = question.help;
        out.kind = kind_of(question.type);
        out.required = answer_required(question, verdict);
        for (const Option& option : question.options) {
            out.options.push_back({option.id, option.name});
        }
        for (const countersign::Answer& answer : draft_.review.answers) {
            out.value = answer.question == question.id ? answer.value : out.value;
        }
        out.missing = missing("checklist." + question.id);
        if (question.type == QuestionType::evidence) {
            out.places = place_models(out.value, item_->text);
            out.marking = marking_for_ == question.id;
        }
        model.checklist.push_back(std::move(out));
    }
}

void FullScreen::fill_evidence(FullModel& model) const {
    const std::vector<Evidence>& evidence = draft_.review.rationale.evidence;
    for (size_t i = 0; i < evidence.size(); ++i) {
        const size_t begin = utf8::byte_offset(item_->text, evidence[i].begin);
        const size_t end = utf8::byte_offset(item_->text, evidence[i].end);
        model.evidence.push_back({evidence[i].begin, evidence[i].end,
                                  utf8::shortened(std::string_view(item_->text).substr(begin, end - begin), 80),
                                  static_cast<int>(i) % kEvidenceColours, evidence_letter(i)});
    }
    model.current_evidence = current_evidence_;
}

void FullScreen::fill_draft(FullModel& model) const {
    const Policy& policy = *item_->policy;
    model.labels = label_models(policy);
    model.verdict = draft_.verdict ? std::optional(verdict_model(*draft_.verdict)) : std::nullopt;
    for (size_t i = 0; i < policy.labels.size(); ++i) {
        if (!draft_.review.label.empty() && policy.labels[i].id == draft_.review.label) {
            model.corrected_to = static_cast<int>(i);
        }
    }
    fill_checklist(model);
    const countersign::Verdict verdict = draft_.verdict.value_or(countersign::Verdict::accept);
    model.reasons = reason_tree(policy, verdict, draft_.review.rationale.codes);
    const TierDef* tier = policy.tier(item_->state.route().tier);
    model.reasons_required = tier != nullptr && tier->rationale.codes.applies_to(verdict);
    model.rationale_required = tier != nullptr && tier->rationale.text.applies_to(verdict);
    model.evidence_required = tier != nullptr && tier->rationale.evidence.applies_to(verdict);
    model.reasons_missing = missing("rationale.codes");
    model.rationale_missing = missing("rationale.text");
    model.rationale = draft_.review.rationale.text;
    fill_evidence(model);
}

void FullScreen::fill_notes(FullModel& model) const {
    model.notes = notes_;
    model.draft_note = draft_.note;
    model.similar = similar_;
}

void FullScreen::fill(FullModel& model, int64_t position, int64_t total) {
    model = {};
    model.project = work_.project.name;
    model.item = id_.text;
    model.position = position;
    model.total = total;
    if (!item_) {
        model.load = {LoadModel::State::failed, problem_};
        return;
    }
    model.title = item_->policy->question.empty() ? id_.text : item_->policy->question;
    fill_item(model);
    fill_draft(model);
    fill_notes(model);
    for (const Shortfall& one : shortfalls_) {
        model.missing.push_back(one.message);
    }
    model.tried = tried_;
    model.read_only_reason = read_only_reason();
    model.read_only = !model.read_only_reason.empty();
    model.given_back = given_back_.empty() ? std::string() : work_.texts(Text::given_back_now, given_back_);
    model.saved_words = draft_.empty() ? std::string() : std::string(work_.texts(Text::draft_kept));
}

}  // namespace countersign::shell
