#include "core/base/concat.h"
#include "core/json/number.h"
#include "core/policy/load_parts.h"
#include "core/policy/question_environment.h"
#include "core/rules/compile.h"

namespace countersign::policy_parts {

namespace {

const std::vector<std::string> kQuestionTypes = {"yes_no", "yes_no_na", "choice", "number", "text", "evidence"};

Status read_options(Fields& fields, const PolicyLimits& limits, Question& out) {
    const JsonArray* options = CS_TRY(fields.optional_list("options", limits.options));
    if (out.type != QuestionType::choice) {
        return options == nullptr ? success()
                                  : Status(fields.error("options", "only a question of type choice has options"));
    }
    if (options == nullptr || options->size() < 2) {
        return fields.error("options", "a choice needs at least two options");
    }
    std::vector<std::string> taken;
    for (size_t i = 0; i < options->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*options)[i], element_path(fields.path_of("options"), i)));
        Option option;
        option.id = CS_TRY(read_id(one, taken));
        taken.push_back(option.id);
        option.name = CS_TRY(one.text("name", {.max_bytes = 200}));
        CS_TRY_STATUS(one.done());
        out.options.push_back(std::move(option));
    }
    return success();
}

Result<std::optional<Bound>> read_bound(Fields& fields, std::string_view name) {
    const Json* json = fields.optional(name);
    if (json == nullptr) {
        return std::optional<Bound>();
    }
    const std::optional<double> value = as_double(*json);
    if (!value) {
        return fields.error(name, "must be a number");
    }
    return std::optional(Bound{*value, to_text(*json)});
}

Status read_number(Fields& fields, Question& out) {
    out.min = CS_TRY(read_bound(fields, "min"));
    out.max = CS_TRY(read_bound(fields, "max"));
    out.unit = CS_TRY(fields.text_or("unit", "", {.max_bytes = 40}));
    for (const std::string_view name : {"min", "max", "unit"}) {
        if (fields.has(name) && out.type != QuestionType::number) {
            return fields.error(name, concat("only a question of type number has ", name));
        }
    }
    if (out.min && out.max && out.max->value < out.min->value) {
        return fields.error("max", concat(out.max->text, " is less than min, ", out.min->text));
    }
    return success();
}

// `before`: the questions that the condition may name.
Status read_condition(Fields& fields, const Policy& policy, const Checklist& before, Question& out) {
    if (!fields.has("shown_if")) {
        return success();
    }
    out.shown_if = CS_TRY(fields.text("shown_if", {.max_bytes = 4'000}));
    auto condition = rules::compile(out.shown_if, question_environment(policy, before),
                                    {.result = rules::types::boolean(), .what = "the condition"});
    if (!condition.ok()) {
        const Error& error = condition.error();
        return fields.error("shown_if", concat(error.field, error.field.empty() ? "" : ": ", error.message));
    }
    out.condition = std::move(condition).value();
    return success();
}

Result<Question> read_question(Fields& fields, const PolicyLimits& limits, const std::vector<std::string>& taken) {
    Question out;
    out.id = CS_TRY(read_id(fields, taken));
    out.question = CS_TRY(fields.text("question", {.max_bytes = 500}));
    out.help = CS_TRY(fields.text_or("help", "", {.min_bytes = 0, .max_bytes = 2'000}));
    out.type = static_cast<QuestionType>(CS_TRY(fields.choice("type", kQuestionTypes)));
    CS_TRY_STATUS(read_options(fields, limits, out));
    CS_TRY_STATUS(read_number(fields, out));
    out.required = CS_TRY(fields.boolean_or("required", true));
    // Who escalates or skips may not know the answers: by default only decisions need them.
    out.required_for =
        CS_TRY(read_verdicts(fields, "required_for", {Verdict::accept, Verdict::correct, Verdict::reject}));
    return out;
}

Result<Checklist> read_checklist(Fields& fields, const PolicyLimits& limits, const Policy& policy,
                                 const std::vector<std::string>& taken) {
    Checklist out;
    out.id = CS_TRY(read_id(fields, taken));
    out.name = CS_TRY(fields.text_or("name", out.id, {.max_bytes = 200}));
    const JsonArray* questions = CS_TRY(fields.list("questions", limits.questions));
    if (questions->empty()) {
        return fields.error("questions", "must have at least one question");
    }
    std::vector<std::string> question_ids;
    for (size_t i = 0; i < questions->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*questions)[i], element_path(fields.path_of("questions"), i)));
        Question question = CS_TRY(read_question(one, limits, question_ids));
        CS_TRY_STATUS(read_condition(one, policy, out, question));
        CS_TRY_STATUS(one.done());
        question_ids.push_back(question.id);
        out.questions.push_back(std::move(question));
    }
    CS_TRY_STATUS(fields.done());
    return out;
}

}  // namespace

Status read_checklists(Fields& fields, const PolicyLimits& limits, Policy& out) {
    const JsonArray* checklists = CS_TRY(fields.optional_list("checklists", limits.checklists));
    std::vector<std::string> taken;
    for (size_t i = 0; checklists != nullptr && i < checklists->size(); ++i) {
        Fields one = CS_TRY(Fields::of((*checklists)[i], element_path("checklists", i)));
        Checklist checklist = CS_TRY(read_checklist(one, limits, out, taken));
        taken.push_back(checklist.id);
        out.checklists.push_back(std::move(checklist));
    }
    return success();
}

}  // namespace countersign::policy_parts
