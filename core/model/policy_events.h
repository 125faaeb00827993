#pragma once
// Facts about changes of a project's policy: proposed by one person, withdrawn, or approved by a second one. What
// brings a policy into force stays PolicyActivated (core/model/event.h), which follows an approval in the same commit.
// core/policy_change folds them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/hash/sha256.h"

namespace countersign {

struct PolicyProposed {
    int64_t number = 0;  // 1, 2, 3 ... within the project
    Digest policy;
    Digest base;                            // the policy in force that it was compared with
    std::optional<int64_t> replaces;        // the proposal that was open, and is not any more
    std::vector<std::string> changes = {};  // against the base, in words (core/policy_change/diff.h); the first ones
    int64_t more_changes = 0;               // that are not told here
    std::string words = {};                 // why, in the proposer's words
};

struct PolicyChangeWithdrawn {
    int64_t number = 0;
    std::string words;
};

// By the event's actor, who is not the one who proposed it.
struct PolicyApproved {
    int64_t number = 0;
    Digest policy;
};

}  // namespace countersign
