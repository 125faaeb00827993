#include "core/model/promise_taken.h"

#include <array>

namespace countersign {

namespace {

constexpr std::array<std::string_view, 5> kOutcomes{"evidence", "closed", "below", "approved", "audited"};

}  // namespace

std::string_view promise_outcome_name(PromiseOutcome outcome) {
    return kOutcomes[static_cast<size_t>(outcome)];
}

std::optional<PromiseOutcome> promise_outcome_from_name(std::string_view name) {
    for (size_t i = 0; i < kOutcomes.size(); ++i) {
        if (kOutcomes[i] == name) {
            return static_cast<PromiseOutcome>(i);
        }
    }
    return std::nullopt;
}

}  // namespace countersign
