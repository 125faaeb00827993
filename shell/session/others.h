#pragma once
// What other people said of an item, and whether the person at this desk is to settle it.

#include <string>
#include <vector>

#include "shell/models/full.h"
#include "shell/session/describe.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

// Oldest first. Empty as long as the person's own decision is to be independent of theirs: shown is what others said to
// whoever settles the item, and to everybody once it is settled.
std::vector<OthersDecision> others_decisions(const Workplace& work, const LoadedItem& item);

// That the person settles the item, and why somebody has to; empty where it does not wait so, or for others only.
std::string waits_words(const Workplace& work, const ItemState& state);

}  // namespace countersign::shell
