#include "demo/data/decisions.h"

#include <map>
#include <string>

#include "core/json/fields.h"
#include "demo/data/lines.h"

namespace countersign::demo {

namespace {

constexpr TextRule kId{.max_bytes = 200};
constexpr TextRule kText{.max_bytes = 1 << 20};

enum class Verdict : uint8_t { accept, correct, reject, escalate, skip };

Result<std::string> predicted_label(const Json& line) {
    Fields fields = CS_TRY(Fields::of(line, ""));
    const Json* prediction = CS_TRY(fields.object("prediction"));
    Fields said = CS_TRY(Fields::of(*prediction, "prediction"));
    return said.text("label", kId);
}

Result<Example> example_of(const Json& line, Verdict verdict, Fields& decision) {
    Fields fields = CS_TRY(Fields::of(line, ""));
    const Json* item_json = CS_TRY(fields.object("item"));
    Fields item = CS_TRY(Fields::of(*item_json, "item"));
    Example example;
    example.id = CS_TRY(item.text("id", kId));
    const Json* input_json = CS_TRY(item.object("input"));
    Fields input = CS_TRY(Fields::of(*input_json, "item.input"));
    example.text = CS_TRY(input.text("text", kText));
    const Json* label = decision.optional("label");
    const bool own = verdict == Verdict::correct || (label != nullptr && !label->is_null());
    example.label = own ? CS_TRY(decision.text("label", kId)) : CS_TRY(predicted_label(line));
    return example;
}

Status read_decision(const Json& line, Decisions& decisions, std::map<std::string, Example>& by_id) {
    static const std::vector<std::string> verdicts = {"accept", "correct", "reject", "escalate", "skip"};
    Fields fields = CS_TRY(Fields::of(line, ""));
    const Json* json = fields.optional("decision");
    if (json == nullptr || json->is_null()) {
        ++decisions.not_used;
        return success();
    }
    Fields decision = CS_TRY(Fields::of(*json, "decision"));
    const auto verdict = static_cast<Verdict>(CS_TRY(decision.choice("verdict", verdicts)));
    if (verdict != Verdict::accept && verdict != Verdict::correct) {
        ++decisions.not_used;
        return success();
    }
    Example example = CS_TRY(example_of(line, verdict, decision));
    ++(verdict == Verdict::accept ? decisions.accepted : decisions.corrected);
    by_id[example.id] = std::move(example);
    return success();
}

}  // namespace

Result<Decisions> read_decisions(std::string_view name, std::string_view text) {
    Decisions decisions;
    std::map<std::string, Example> by_id;
    for (const Line& line : CS_TRY(read_lines(name, text))) {
        if (const Status read = read_decision(line.json, decisions, by_id); !read.ok()) {
            return at_line(line, read.error());
        }
    }
    for (auto& [id, example] : by_id) {
        decisions.examples.push_back(std::move(example));
    }
    return decisions;
}

std::vector<Example> merge(const std::vector<Example>& seed, const std::vector<Example>& decided) {
    std::map<std::string, Example> by_id;
    for (const Example& example : seed) {
        by_id[example.id] = example;
    }
    for (const Example& example : decided) {
        by_id[example.id] = example;
    }
    std::vector<Example> merged;
    for (auto& [id, example] : by_id) {
        merged.push_back(std::move(example));
    }
    return merged;
}

}  // namespace countersign::demo
