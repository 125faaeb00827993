#pragma once
// What a coefficient of agreement comes to: a value with what it was made of, or the reason why there is none.
//
// Contract: a coefficient that cannot be computed is never 1, 0 or not a number; it is an Undefined, and a view shows
// explain() in the place of the value. A chance-corrected coefficient is undefined where reviewers used one value only:
// nothing in such answers tells agreement from habit. The share of agreement is still defined there, and is 1.

#include <optional>
#include <string_view>
#include <variant>

#include "core/stats/interval.h"

namespace countersign::agreement {

enum class Undefined {
    no_pairable_unit,          // no item has answers of two reviewers
    one_value_only,            // every answer that could be compared says the same
    no_expected_disagreement,  // several values, but they weigh the same or lie at the same number
    single_unit,               // an interval needs two items
    negative_value,            // a ratio scale begins at 0
};

// One sentence for people.
std::string_view explain(Undefined reason);

using stats::Interval;

struct Spread {
    double standard_error = 0;
    Interval interval;
};

struct Coefficient {
    double value = 0;
    double observed = 0;           // agreement, 0 to 1
    double expected = 0;           // agreement by chance, 0 to 1
    std::optional<Spread> spread;  // not for a single unit
};

using Outcome = std::variant<Coefficient, Undefined>;

}  // namespace countersign::agreement
