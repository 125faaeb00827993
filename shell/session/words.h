#pragma once
// Facts in words, as screens show them: times from now, shares, verdicts.

#include <optional>
#include <string>

#include "core/base/instant.h"
#include "core/base/ppm.h"
#include "core/model/item_state.h"
#include "core/store/operations.h"
#include "shell/models/common.h"
#include "shell/texts/texts.h"

namespace countersign::shell {

DueModel due_model(const Texts& texts, std::optional<Instant> due, Instant now);
// "just now", "5 min ago", "2 h ago", "12 Nov 2026".
std::string ago_words(const Texts& texts, Instant then, Instant now);
// "12 Nov 2026, 14:05", in UTC as everything that is stored.
std::string moment_words(Instant moment);
// Of days from now, where the year says nothing: "23 Nov, 12:30".
std::string near_moment_words(Instant moment);
ConfidenceModel confidence_model(Ppm confidence);
shell::Verdict verdict_model(countersign::Verdict verdict);
countersign::Verdict verdict_of(shell::Verdict verdict);
Tier tier_model(TierKind kind);
// "On this device only: 2. Saved: 14. ..."
std::string level_counts_words(const Texts& texts, const store::OperationCounts& counts);
// "Accepted: Pothole", or the verdict alone.
std::string decision_words(const Texts& texts, shell::Verdict verdict, std::string_view label);

}  // namespace countersign::shell
