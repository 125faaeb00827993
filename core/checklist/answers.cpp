#include "core/checklist/answers.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/routing/route.h"
#include "core/rules/text.h"

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

constexpr size_t kMostPlaces = 100;

// Takes a whole number below 2^31 off the front.
std::optional<uint32_t> take_offset(std::string_view& text) {
    uint32_t value = 0;
    size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9' && digits < 10) {
        const auto digit = static_cast<uint32_t>(text[digits] - '0');
        if (value > (uint32_t{INT32_MAX} - digit) / 10) {
            return std::nullopt;
        }
        value = value * 10 + digit;
        ++digits;
    }
    text.remove_prefix(digits);
    return digits == 0 ? std::nullopt : std::optional(value);
}

std::string number_problem(const Question& question, std::string_view value) {
    const std::optional<double> number = is_number(value) ? rules::read_double(value) : std::nullopt;
    const std::string unit = question.unit.empty() ? std::string() : concat(" ", question.unit);
    if (!number) {
        return "must be a number";
    }
    if (question.min && *number < question.min->value) {
        return concat("must be at least ", question.min->text, unit);
    }
    return question.max && *number > question.max->value ? concat("must be at most ", question.max->text, unit)
                                                         : std::string();
}

// Of an answer that has the right form: whether its places are in the text.
std::string places_problem(const AskedAbout& about, std::string_view value) {
    if (about.document == nullptr) {
        return {};
    }
    const size_t length = utf8::length(text_at(*about.document, about.policy.interface.text));
    const std::vector<Evidence> places = marked_places(value).value_or(std::vector<Evidence>());
    for (const Evidence& place : places) {
        if (place.end > length) {
            return concat("marks ", place.begin, " to ", place.end, ", but the text has ", length, " characters");
        }
    }
    return {};
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
        case QuestionType::number: return number_problem(question, value);
        case QuestionType::evidence:
            return marked_places(value) ? "" : "must mark places in the text, like 12-30,41-44";
        case QuestionType::text: return value.size() <= 10'000 ? "" : "may have at most 10000 bytes";
        case QuestionType::choice: {
            const bool known = std::any_of(question.options.begin(), question.options.end(),
                                           [&](const Option& o) { return o.id == value; });
            return known ? "" : concat("must be one of ", option_list(question));
        }
    }
    return "";
}

std::optional<std::vector<Evidence>> marked_places(std::string_view value) {
    std::vector<Evidence> out;
    while (out.size() < kMostPlaces) {
        const std::optional<uint32_t> begin = take_offset(value);
        if (!begin || !value.starts_with('-')) {
            return std::nullopt;
        }
        value.remove_prefix(1);
        const std::optional<uint32_t> end = take_offset(value);
        if (!end || *end <= *begin) {
            return std::nullopt;
        }
        out.push_back({{}, *begin, *end});
        if (value.empty()) {
            return out;
        }
        if (!value.starts_with(',')) {
            return std::nullopt;
        }
        value.remove_prefix(1);
    }
    return std::nullopt;
}

std::vector<Shortfall> checklist_shortfalls(const Checklist& checklist, const AskedAbout& about,
                                            const ReviewDraft& draft) {
    std::vector<Shortfall> out;
    const std::vector<bool> shown = shown_questions(checklist, about, draft);
    for (size_t i = 0; i < shown.size(); ++i) {
        const Question& question = checklist.questions[i];
        const Answer* answer = answer_to(draft, question.id);
        const std::string place = "checklist." + question.id;
        if (!shown[i]) {
            if (answer != nullptr) {
                out.push_back({place, concat("'", question.question, "' is not asked here; leave its answer out")});
            }
            continue;
        }
        if (answer == nullptr || answer->value.empty()) {
            if (answer_required(question, draft.verdict)) {
                out.push_back({place, concat("'", question.question, "' has no answer")});
            }
            continue;
        }
        std::string problem = answer_problem(question, answer->value);
        if (problem.empty() && question.type == QuestionType::evidence) {
            problem = places_problem(about, answer->value);
        }
        if (!problem.empty()) {
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
