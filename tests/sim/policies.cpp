#include "tests/sim/policies.h"

#include "core/base/concat.h"

namespace countersign::sim {

namespace {

// Of the tier "quick".
constexpr const char* kQuick[kPolicies] = {
    R"("due": "8h")",
    R"("due": "8h", "reviewers": 2)",
    R"("due": "4h", "reviewers": 2, "late": "wait")",
    R"("due": "4h", "rationale": {"codes": {"verdicts": ["accept", "reject"], "min": 1}})",
};

}  // namespace

std::string policy_text(int variant) {
    return concat(R"({"format": "countersign-policy-1", "name": "Policy )", variant, R"json(",
  "task": {"type": "single_label", "question": "Which department must act?"},
  "labels": [{"id": "pothole", "name": "Pothole"}, {"id": "drain", "name": "Drain"}, {"id": "gas", "name": "Gas smell"}],
  "tiers": [{"id": "auto", "kind": "auto"},
            {"id": "quick", "kind": "quick", )json",
                  kQuick[variant], R"json(},
            {"id": "full", "kind": "full", "due": "2h", "checklist": "safety", "reviewers": 2,
             "rationale": {"codes": {"verdicts": ["accept", "correct", "reject"], "min": 1},
                           "text": {"verdicts": ["reject"], "min_characters": 10}}}],
  "checklists": [{"id": "safety", "questions": [
      {"id": "danger", "question": "Is anybody in danger?", "type": "yes_no"},
      {"id": "comment", "question": "Anything else?", "type": "text", "required": false}]}],
  "reason_codes": [{"id": "clear", "name": "Clear wording"}, {"id": "vague", "name": "Vague wording"}],
  "routes": [{"id": "gas", "when": "item.text.contains('gas')", "tier": "full", "reason": "Possible gas leak"},
             {"id": "sure", "when": "prediction.confidence >= 0.9", "tier": "auto"},
             {"id": "unsure", "when": "prediction.confidence < 0.4", "tier": "full"},
             {"id": "rest", "when": "true", "tier": "quick"}]
})json");
}

}  // namespace countersign::sim
