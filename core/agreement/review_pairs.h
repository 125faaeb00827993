#pragma once
// Agreement that is a mean over pairs of reviews of the same item. Internal to core/agreement.

#include <cstddef>

namespace countersign::agreement {

// Calls visit(first, second) for every pair of one item's reviews; whether there is one.
template <class Reviews, class Visit>
bool for_each_pair(const Reviews& reviews, Visit visit) {
    for (size_t second = 1; second < reviews.size(); ++second) {
        for (size_t first = 0; first < second; ++first) {
            visit(reviews[first], reviews[second]);
        }
    }
    return reviews.size() >= 2;
}

}  // namespace countersign::agreement
