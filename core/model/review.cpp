#include "core/model/review.h"

namespace countersign {

namespace {

constexpr std::string_view kVerdictNames[] = {"accept", "correct", "reject", "escalate", "skip"};

}  // namespace

std::string_view verdict_name(Verdict verdict) {
    return kVerdictNames[static_cast<size_t>(verdict)];
}

std::optional<Verdict> verdict_from_name(std::string_view name) {
    for (size_t i = 0; i < std::size(kVerdictNames); ++i) {
        if (kVerdictNames[i] == name) {
            return static_cast<Verdict>(i);
        }
    }
    return std::nullopt;
}

}  // namespace countersign
