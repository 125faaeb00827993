#include "core/agreement/outcome.h"

#include "core/base/check.h"

namespace countersign::agreement {

std::string_view explain(Undefined reason) {
    switch (reason) {
        case Undefined::no_pairable_unit: return "No item was answered by two reviewers.";
        case Undefined::one_value_only:
            return "All reviewers always gave the same answer: nothing tells agreement from habit.";
        case Undefined::no_expected_disagreement: return "No two of the answers that were given count as different.";
        case Undefined::single_unit: return "A single item does not tell how far its value can be relied on.";
        case Undefined::negative_value: return "A ratio scale has no values below 0.";
    }
    CS_CHECK(false);
}

}  // namespace countersign::agreement
