#include "core/checklist/shown.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/checklist/answers.h"
#include "core/routing/facts.h"
#include "core/rules/evaluate.h"
#include "core/rules/text.h"

namespace countersign {

namespace {

using rules::Value;

const Answer* usable_answer(const Question& question, const ReviewDraft& draft) {
    const auto found = std::find_if(draft.answers.begin(), draft.answers.end(),
                                    [&](const Answer& answer) { return answer.question == question.id; });
    const bool usable =
        found != draft.answers.end() && !found->value.empty() && answer_problem(question, found->value).empty();
    return usable ? &*found : nullptr;
}

void set_answer(rules::Activation& activation, const Question& question, std::string_view value) {
    const std::optional<uint32_t> slot = activation.environment().slot_of(concat("answers.", question.id));
    if (!slot) {
        return;  // no name that a condition can have
    }
    if (question.type != QuestionType::number) {
        activation.set(*slot, Value::string(value));
    } else if (const std::optional<double> number = rules::read_double(value)) {
        activation.set(*slot, Value::float64(*number));
    }
}

bool names(std::string_view condition, std::string_view path) {
    for (size_t at = condition.find(path); at != std::string_view::npos; at = condition.find(path, at + 1)) {
        const size_t end = at + path.size();
        const char next = end < condition.size() ? condition[end] : ' ';
        const bool goes_on =
            next == '_' || (next >= '0' && next <= '9') || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
        if (!goes_on) {
            return true;
        }
    }
    return false;
}

// Whether the condition reads an earlier answer that is not there yet: then it says nothing so far.
bool waits_for_an_answer(const Question& question, const Checklist& checklist, size_t before,
                         const rules::Activation& activation) {
    for (size_t i = 0; i < before; ++i) {
        const std::string path = concat("answers.", checklist.questions[i].id);
        const std::optional<uint32_t> slot = activation.environment().slot_of(path);
        if (slot && activation.values()[*slot].is(rules::Kind::unset) && names(question.shown_if, path)) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::vector<bool> shown_questions(const Checklist& checklist, const AskedAbout& about, const ReviewDraft& draft) {
    std::vector<bool> shown(checklist.questions.size(), true);
    rules::Evaluator evaluator;
    for (size_t i = 0; i < shown.size(); ++i) {
        const Question& question = checklist.questions[i];
        if (!question.condition) {
            continue;
        }
        rules::Activation activation(question.condition->environment());
        // What does not have its declared type is not set: a condition that reads it cannot be evaluated.
        static_cast<void>(fill_facts(activation, FactSlots(activation.environment()), about.policy,
                                     {.id = about.item, .document = about.document, .calibrated = about.calibrated},
                                     about.prediction)
                              .ok());
        activation.set(activation.environment().slot_of("verdict").value(), Value::string(verdict_name(draft.verdict)));
        for (size_t before = 0; before < i; ++before) {
            const Answer* answer = shown[before] ? usable_answer(checklist.questions[before], draft) : nullptr;
            if (answer != nullptr) {
                set_answer(activation, checklist.questions[before], answer->value);
            }
        }
        const rules::Verdict verdict = evaluator.decide(*question.condition, activation);
        shown[i] = verdict == rules::Verdict::yes ||
                   (verdict != rules::Verdict::no && !waits_for_an_answer(question, checklist, i, activation));
    }
    return shown;
}

void drop_hidden_answers(const Checklist& checklist, const std::vector<bool>& shown, ReviewDraft& draft) {
    std::erase_if(draft.answers, [&](const Answer& answer) {
        for (size_t i = 0; i < checklist.questions.size(); ++i) {
            if (checklist.questions[i].id == answer.question) {
                return !shown[i];
            }
        }
        return false;
    });
}

}  // namespace countersign
