#pragma once
// What reviewers decided, read from Countersign's export, as labelled examples to train from.
//
//   {"item":{"id":..., "input":{"text":...}}, "prediction":{"label":...},
//    "decision":{"verdict":"accept|correct|reject|escalate|skip", "label":...}, ...}
//
// A line counts when its verdict is accept (label: the decision's, else the prediction's) or correct (label: the
// decision's). Lines without a decision (null or absent) and with other verdicts are counted, not used. Other fields
// are ignored. When an item comes more than once, its last line counts. Errors: invalid_argument naming file and line.

#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "demo/classifier/example.h"

namespace countersign::demo {

struct Decisions {
    std::vector<Example> examples;  // ascending by id
    size_t accepted = 0;            // lines
    size_t corrected = 0;
    size_t not_used = 0;
};

Result<Decisions> read_decisions(std::string_view name, std::string_view text);

// The seed with what was decided: where both know an item, the decision counts.
std::vector<Example> merge(const std::vector<Example>& seed, const std::vector<Example>& decided);

}  // namespace countersign::demo
