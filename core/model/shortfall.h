#pragma once
// One thing that keeps a review from being submitted: where, and what to do about it. The desk shows them beside the
// form, decide() refuses with them; both ask the same functions (core/checklist, core/rationale, core/workflow).

#include <string>

namespace countersign {

struct Shortfall {
    std::string
        place;  // "verdict", "label", "checklist.<question>", "rationale.codes", "rationale.text", "rationale.evidence"
    std::string message;  // "'Is anybody in danger?' has no answer"

    bool operator==(const Shortfall&) const = default;
};

}  // namespace countersign
