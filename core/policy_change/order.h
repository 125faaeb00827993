#pragma once
// Which part of a list is which part of another, and which have changed their places. Not for use outside this folder.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/json/json.h"

namespace countersign::policy_change {

struct Matching {
    std::vector<std::optional<size_t>> partner;  // of each part after: its index before
    std::vector<bool> moved;                     // of each part after
    std::vector<size_t> gone;                    // parts before that have no partner
};

// Parts match by id; what is left, where one before and one after have the same `content` and no others have.
// As few as possible count as moved: all but the longest run that kept its order.
Matching match(const JsonArray& before, const JsonArray& after, std::string (*content)(const Json&));

}  // namespace countersign::policy_change
