#include "core/base/concat.h"
#include "core/policy/load_parts.h"

namespace countersign::policy_parts {

namespace {

const std::vector<std::string> kQuestionTypes = {"yes_no", "yes_no_na", "choice", "number", "text"};

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

Result<Question> read_question(Fields& fields, const PolicyLimits& limits, const std::vector<std::string>& taken) {
    Question out;
    out.id = CS_TRY(read_id(fields, taken));
    out.question = CS_TRY(fields.text("question", {.max_bytes = 500}));
    out.help = CS_TRY(fields.text_or("help", "", {.min_bytes = 0, .max_bytes = 2'000}));
    out.type = static_cast<QuestionType>(CS_TRY(fields.choice("type", kQuestionTypes)));
    CS_TRY_STATUS(read_options(fields, limits, out));
    out.required = CS_TRY(fields.boolean_or("required", true));
    // Who escalates or skips may not know the answers: by default only decisions need them.
    out.required_for =
        CS_TRY(read_verdicts(fields, "required_for", {Verdict::accept, Verdict::correct, Verdict::reject}));
    CS_TRY_STATUS(fields.done());
    return out;
}

Result<Checklist> read_checklist(Fields& fields, const PolicyLimits& limits, const std::vector<std::string>& taken) {
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
        Checklist checklist = CS_TRY(read_checklist(one, limits, taken));
        taken.push_back(checklist.id);
        out.checklists.push_back(std::move(checklist));
    }
    return success();
}

}  // namespace countersign::policy_parts
