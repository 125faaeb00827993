#pragma once
// A line of `countersign export` (docs/data-formats.md), as statistics read it: who said what about an item, why, and
// what it came to. What is not needed for that is passed over.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace countersign::table {

struct ExportedReview {
    std::string reviewer;
    std::string verdict;  // "accept", "correct", "reject", "escalate", "skip"
    std::string label;    // what was said: the predicted one with accept; empty with reject, escalate and skip
    std::string standing;
    bool prediction_shown = true;
    bool adjudicates = false;
    std::vector<std::string> codes;
    std::string text;
    size_t evidence = 0;  // places marked

    // A decision that was neither taken back nor replaced, whether or not the outcome rests on it.
    bool stands() const { return (standing == "effective" || standing == "extra") && verdict != "skip"; }
};

struct ExportedItem {
    std::string id;
    std::string tier;
    std::string predicted;
    bool resolved = false;
    std::string outcome;  // of a resolved item: its label, or empty when it was rejected
    std::vector<ExportedReview> reviews;
};

// Errors: invalid_argument with the place within the record, or in the line where it is no JSON.
Result<ExportedItem> read_exported(std::string_view line);

}  // namespace countersign::table
