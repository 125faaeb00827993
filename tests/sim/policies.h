#pragma once
// The policies that a simulated project may come under: they differ in how many reviewers an item wants, in what is
// asked of them, and in what becomes of late decisions.

#include <string>

namespace countersign::sim {

inline constexpr int kPolicies = 4;

std::string policy_text(int variant);

}  // namespace countersign::sim
