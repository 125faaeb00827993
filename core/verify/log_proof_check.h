#pragma once
// Verifies one decision: a leaf and its proof (core/log/log_proof.h) against a key that is known from elsewhere.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/verify/seals.h"

namespace countersign::verify {

struct ProofStep {
    std::string_view name;   // as on the wire: proof, leaf, seal, inclusion
    std::string_view title;  // what it means that it holds
    std::string failure;     // empty when it holds
};

struct ProofReport {
    std::string origin;
    uint64_t leaf = 0;             // number in the log, from 1
    uint64_t size = 0;             // of the tree that the checkpoint speaks of
    std::vector<ProofStep> steps;  // up to the first that the others cannot do without

    bool good() const;
};

// `leaf` is the leaf's exact bytes.
ProofReport check_log_proof(std::string_view proof, std::string_view leaf, const std::vector<TrustedKey>& keys);

std::string proof_report_json(const ProofReport& report);
std::string proof_report_text(const ProofReport& report, std::string_view name);

}  // namespace countersign::verify
