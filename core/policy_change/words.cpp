#include "core/policy_change/words.h"

#include <algorithm>
#include <span>
#include <vector>

#include "core/base/concat.h"
#include "core/base/instant.h"
#include "core/json/number.h"

namespace countersign::policy_change {

namespace {

struct Words {
    std::string_view key;
    std::string_view words;
};

constexpr Words kParts[] = {{"labels", "label"},
                            {"tiers", "tier"},
                            {"routes", "route"},
                            {"checklists", "checklist"},
                            {"questions", "question"},
                            {"options", "option"},
                            {"reason_codes", "reason code"}};

constexpr Words kFields[] = {{"when", "the condition"},
                             {"tier", "the tier"},
                             {"due", "the due time"},
                             {"reviewers", "the number of reviewers"},
                             {"reason", "the reason"},
                             {"name", "the name"},
                             {"description", "the description"},
                             {"hotkey", "the key"},
                             {"color", "the colour"},
                             {"kind", "the kind"},
                             {"late", "what a late decision does"},
                             {"checklist", "the checklist"},
                             {"rationale", "what must be explained"},
                             {"prediction_shown", "how often the prediction is shown"},
                             {"promise", "the promise"},
                             {"question", "the question"},
                             {"help", "the help"},
                             {"type", "the type"},
                             {"required", "whether an answer is required"},
                             {"required_for", "for which verdicts an answer is required"},
                             {"verdicts", "the verdicts"},
                             {"task.type", "the kind of task"},
                             {"task.question", "the question that reviewers answer"},
                             {"interface.text", "the text under review"},
                             {"interface.show", "what is shown beside the text"},
                             {"interface.guidance", "the guidance"},
                             {"changes.approval", "the approval that a change needs"}};

// Texts that are no words of people: they stand without quotes.
constexpr std::string_view kPlain[] = {
    "when", "due", "kind", "type", "late", "color", "task.type", "interface.text", "changes.approval"};

// Defaults that are the same for every part, as JSON.
constexpr Words kDefaults[] = {
    {"description", "\"\""},
    {"labels[].description", "\"\""},
    {"labels[].hotkey", "\"\""},
    {"labels[].color", "\"#6B7280\""},
    {"interface.text", "\"input.text\""},
    {"interface.show", "[]"},
    {"interface.guidance", "\"\""},
    {"tiers[].reviewers", "1"},
    {"tiers[].late", "\"count\""},
    {"tiers[].checklist", "\"\""},
    {"tiers[].prediction_shown", "1"},
    {"tiers[].promise.confidence", "0.9"},
    {"tiers[].promise.evidence_while_closed", "1"},
    {"tiers[].promise.evidence_while_open", "0.02"},
    {"tiers[].promise.audit", "0.05"},
    {"tiers[].promise.alarm", "0.05"},
    {"tiers[].rationale.codes.min", "1"},
    {"tiers[].rationale.evidence.min", "1"},
    {"tiers[].rationale.text.min_characters", "1"},
    {"tiers[].rationale.codes.verdicts", R"(["correct","reject","escalate"])"},
    {"tiers[].rationale.evidence.verdicts", R"(["correct","reject","escalate"])"},
    {"tiers[].rationale.text.verdicts", R"(["correct","reject","escalate"])"},
    {"routes[].reason", "\"\""},
    {"checklists[].questions[].help", "\"\""},
    {"checklists[].questions[].required", "true"},
    {"reason_codes[].description", "\"\""},
    {"reason_codes[].verdicts", R"(["accept","correct","reject","escalate"])"},
    {"changes.approval", "\"none\""},
};

constexpr std::string_view kNamedById[] = {"labels[].name", "tiers[].name", "checklists[].name"};

std::optional<std::string_view> find(std::span<const Words> list, std::string_view key) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const Words& one) { return one.key == key; });
    return found == list.end() ? std::nullopt : std::optional(found->words);
}

bool holds(std::span<const std::string_view> list, std::string_view key) {
    return std::find(list.begin(), list.end(), key) != list.end();
}

bool is_verdicts(std::string_view field) {
    return field == "required_for" || field.ends_with("verdicts");
}

std::vector<std::string> sorted_texts(const Json& list) {
    std::vector<std::string> out;
    for (const Json& one : *list.array()) {
        out.push_back(to_text(one));
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string joined(std::string_view field, const JsonArray& list) {
    std::string out;
    for (const Json& one : list) {
        out += out.empty() ? "" : ", ";
        out += one.string() != nullptr ? *one.string() : value_in_words(field, one);
    }
    return out;
}

}  // namespace

std::string name_of_part(std::string_view list_pattern, std::string_view id) {
    const size_t dot = list_pattern.rfind('.');
    const std::string_view list = dot == std::string_view::npos ? list_pattern : list_pattern.substr(dot + 1);
    const auto words = find(kParts, list);
    return words ? concat(*words, " '", id, "'") : concat("'", id, "' of ", list);
}

std::string name_of_field(std::string_view field) {
    return std::string(find(kFields, field).value_or(field));
}

std::string value_in_words(std::string_view field, const Json& value) {
    if (const std::string* text = value.string()) {
        return text->empty()                                               ? std::string("empty")
               : holds(kPlain, field) || field.starts_with("item_schema.") ? *text
                                                                           : concat("'", *text, "'");
    }
    if (const JsonArray* list = value.array()) {
        return list->empty() ? std::string("empty") : joined(field, *list);
    }
    return to_text(value);
}

std::optional<Json> default_of(std::string_view pattern, const Json& part) {
    if (holds(kNamedById, pattern)) {
        return Json(part.text_of("id"));
    }
    const auto text = find(kDefaults, pattern);
    if (!text) {
        return std::nullopt;
    }
    auto json = parse_json(*text);
    CS_CHECK(json.ok());
    return std::move(json).value();
}

bool same_value(std::string_view field, const Json& a, const Json& b) {
    const auto number = as_double(a);
    if (number && as_double(b)) {
        return *number == *as_double(b);
    }
    if (field == "due" && a.string() != nullptr && b.string() != nullptr) {
        const auto one = parse_duration(*a.string());
        const auto other = parse_duration(*b.string());
        return one.ok() && other.ok() && one.value().us == other.value().us;
    }
    if (is_verdicts(field) && a.array() != nullptr && b.array() != nullptr) {
        return sorted_texts(a) == sorted_texts(b);
    }
    return to_text(a) == to_text(b);
}

}  // namespace countersign::policy_change
