#include "core/policy/question_environment.h"

#include <algorithm>

#include "core/policy/routing_environment.h"

namespace countersign {

namespace {

using rules::Field;

bool is_name(std::string_view id) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return letter(id.front()) &&
           std::all_of(id.begin(), id.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

// Comparing an answer with a text that it cannot be is refused when the policy is loaded.
std::vector<std::string> possible_answers(const Question& question) {
    switch (question.type) {
        case QuestionType::yes_no: return {"yes", "no"};
        case QuestionType::yes_no_na: return {"yes", "no", "na"};
        case QuestionType::choice: {
            std::vector<std::string> out;
            for (const Option& option : question.options) {
                out.push_back(option.id);
            }
            return out;
        }
        case QuestionType::number:
        case QuestionType::text:
        case QuestionType::evidence: return {};
    }
    return {};
}

}  // namespace

rules::Environment question_environment(const Policy& policy, const Checklist& checklist) {
    std::vector<Field> variables;
    const rules::Environment routing = routing_environment(policy);
    for (const rules::Variable& variable : routing.variables()) {
        variables.push_back(variable.field);
    }
    Field verdict{.name = "verdict", .type = rules::types::string()};
    for (const Verdict one : {Verdict::accept, Verdict::correct, Verdict::reject, Verdict::escalate, Verdict::skip}) {
        verdict.choices.emplace_back(verdict_name(one));
    }
    variables.push_back(std::move(verdict));
    auto answers = std::make_shared<rules::RecordType>();
    answers->name = "answers";
    for (const Question& question : checklist.questions) {
        if (is_name(question.id)) {
            const bool number = question.type == QuestionType::number;
            answers->fields.push_back({.name = question.id,
                                       .type = number ? rules::types::float64() : rules::types::string(),
                                       .optional = true,
                                       .choices = possible_answers(question)});
        }
    }
    if (!answers->fields.empty()) {
        variables.push_back({.name = "answers", .type = rules::types::record(answers)});
    }
    return rules::Environment(std::move(variables));
}

}  // namespace countersign
