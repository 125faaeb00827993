#include "core/checklist/answers.h"

#include <algorithm>

#include "core/base/concat.h"

namespace countersign {

namespace {

// An optional sign, digits, at most one point: what a person types as a number.
bool is_number(std::string_view text) {
    if (text.starts_with('-')) {
        text.remove_prefix(1);
    }
    const bool shaped =
        std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
    const auto points = std::count(text.begin(), text.end(), '.');
    return shaped && points <= 1 && text.size() > static_cast<size_t>(points) && text.size() <= 30;
}

std::string option_list(const Question& question) {
    std::string out;
    for (const Option& option : question.options) {
        out += concat(out.empty() ? "" : ", ", option.id);
    }
    return out;
}

const Answer* answer_to(const ReviewDraft& draft, std::string_view question) {
    const auto found = std::find_if(draft.answers.begin(), draft.answers.end(),
                                    [&](const Answer& answer) { return answer.question == question; });
    return found == draft.answers.end() ? nullptr : &*found;
}

}  // namespace

bool answer_required(const Question& question, Verdict verdict) {
    return question.required && std::find(question.required_for.begin(), question.required_for.end(), verdict) !=
                                    question.required_for.end();
}

std::string answer_problem(const Question& question, std::string_view value) {
    switch (question.type) {
        case QuestionType::yes_no: return value == "yes" || value == "no" ? "" : "must be yes or no";
        case QuestionType::yes_no_na:
            return value == "yes" || value == "no" || value == "na" ? "" : "must be yes, no or na";
        case QuestionType::number: return is_number(value) ? "" : "must be a number";
        case QuestionType::text: return value.size() <= 10'000 ? "" : "may have at most 10000 bytes";
        case QuestionType::choice: {
            const bool known = std::any_of(question.options.begin(), question.options.end(),
                                           [&](const Option& o) { return o.id == value; });
            return known ? "" : concat("must be one of ", option_list(question));
        }
    }
    return "";
}

std::vector<Shortfall> checklist_shortfalls(const Checklist& checklist, const ReviewDraft& draft) {
    std::vector<Shortfall> out;
    for (const Question& question : checklist.questions) {
        const Answer* answer = answer_to(draft, question.id);
        const std::string place = "checklist." + question.id;
        if (answer == nullptr || answer->value.empty()) {
            if (answer_required(question, draft.verdict)) {
                out.push_back({place, concat("'", question.question, "' has no answer")});
            }
            continue;
        }
        if (const std::string problem = answer_problem(question, answer->value); !problem.empty()) {
            out.push_back({place, concat("the answer to '", question.question, "' ", problem)});
        }
    }
    for (size_t i = 0; i < draft.answers.size(); ++i) {
        const std::string& id = draft.answers[i].question;
        const bool known = std::any_of(checklist.questions.begin(), checklist.questions.end(),
                                       [&](const Question& q) { return q.id == id; });
        if (!known) {
            out.push_back({"checklist." + id, concat("the checklist '", checklist.id, "' has no question '", id, "'")});
        } else if (answer_to(draft, id) != &draft.answers[i]) {
            out.push_back({"checklist." + id, concat("the question '", id, "' is answered twice")});
        }
    }
    return out;
}

}  // namespace countersign
