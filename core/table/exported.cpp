#include "core/table/exported.h"

#include "core/base/concat.h"
#include "core/json/json.h"

namespace countersign::table {

namespace {

Error missing(std::string_view what, std::string place) {
    return fail(ErrorCode::invalid_argument, concat(what, " is missing: is this a line of 'countersign export'?"),
                std::move(place));
}

Result<std::string> text_at(const Json& json, std::string_view name, std::string_view place) {
    const Json* value = json.find(name);
    return value != nullptr && value->string() != nullptr ? Result<std::string>(*value->string())
                                                          : missing("a text", concat(place, '.', name));
}

bool is_false(const Json* json) {
    return json != nullptr && json->boolean() != nullptr && !*json->boolean();
}

void read_rationale(const Json& review, ExportedReview& out) {
    const Json* rationale = review.find("rationale");
    if (rationale == nullptr) {
        return;
    }
    out.text = rationale->text_of("text");
    if (const Json* codes = rationale->find("codes"); codes != nullptr && codes->array() != nullptr) {
        for (const Json& code : *codes->array()) {
            if (code.string() != nullptr) {
                out.codes.push_back(*code.string());
            }
        }
    }
    if (const Json* evidence = rationale->find("evidence"); evidence != nullptr && evidence->array() != nullptr) {
        out.evidence = evidence->array()->size();
    }
}

Result<ExportedReview> read_review(const Json& json, const std::string& predicted, const std::string& place) {
    ExportedReview out;
    out.reviewer = CS_TRY(text_at(json, "reviewer", place));
    out.verdict = CS_TRY(text_at(json, "verdict", place));
    out.standing = CS_TRY(text_at(json, "standing", place));
    out.label = out.verdict == "accept" ? predicted : json.text_of("label");
    out.prediction_shown = !is_false(json.find("prediction_shown"));
    const Json* adjudicates = json.find("adjudicates");
    out.adjudicates = adjudicates != nullptr && !is_false(adjudicates);
    read_rationale(json, out);
    return out;
}

}  // namespace

Result<ExportedItem> read_exported(std::string_view line) {
    const Json json = CS_TRY(parse_json_line(line));
    ExportedItem out;
    const Json* item = json.find("item");
    const Json* prediction = json.find("prediction");
    const Json* decision = json.find("decision");
    const Json* reviews = json.find("reviews");
    if (item == nullptr || prediction == nullptr || decision == nullptr || reviews == nullptr ||
        reviews->array() == nullptr) {
        return missing("item, prediction, decision or reviews", {});
    }
    out.id = CS_TRY(text_at(*item, "id", "item"));
    out.predicted = CS_TRY(text_at(*prediction, "label", "prediction"));
    const Json* route = json.find("route");
    out.tier = route == nullptr ? std::string() : route->text_of("tier");
    out.resolved = decision->text_of("status") == "resolved";
    out.outcome = decision->text_of("label");
    for (size_t i = 0; i < reviews->array()->size(); ++i) {
        out.reviews.push_back(CS_TRY(read_review((*reviews->array())[i], out.predicted, concat("reviews[", i, ']'))));
    }
    return out;
}

}  // namespace countersign::table
