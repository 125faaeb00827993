#pragma once
// Certificates from reviews that were drawn with different probabilities: more of what the model is unsure of, say.
// Each item has its propensity, recorded when its coin was thrown, by a rule that knows nothing of what the review
// finds.
//
// Let w = least/propensity, in (0, 1]. "Of what scores at least t, more than epsilon is wrong" says that x - epsilon is
// above 0 on average over all those items, x being 1 for a wrong one. A reviewed item is one of them, drawn in
// proportion to its propensity; over the reviewed ones the same says that w (x - epsilon) is above 0 on average, or
// that epsilon + w (x - epsilon) is above epsilon. These are losses in [0, 1], so that betting against it is a proven
// test (core/certificate/graded.h), and fixed sequences search as ever. Items with small weights say little: where
// thresholds open, propensities should be near the least, as those of core/audit/propensity.h are.
//
// The least propensity is the rule's, declared: taken from the sample it would depend on what was drawn.

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/certificate/certificate.h"

namespace countersign::certificate {

struct WeightedJudged {
    Ppm score{};
    Ppm propensity{};  // at least the least
    Finding finding = Finding::right;
};

struct WeightedRule {
    Ppm least{};              // above 0
    uint64_t order_seed = 0;  // shuffles the reviews before they are bet on; recorded
};

struct WeightedCut {
    Ppm threshold{};
    int64_t accepted = 0;  // reviewed items that score at least that
    int64_t errors = 0;    // wrong ones among them
    double risk = 0;       // estimated: wrong ones among all, each weighted by 1/propensity (Hajek)
    double coverage = 0;   // the same of "scores at least that"
};

struct WeightedCertificate {
    Request asked;
    WeightedRule rule;
    int64_t reviewed = 0;
    double effective = 0;  // (sum w)^2 / sum w^2 (Kish 1965): as many reviews of equal propensities say as much
    std::optional<WeightedCut> opened{};  // nothing: the tier stays closed
    double miss_rate_upper = 0;
};

// Errors as of certify(), and: another method than fixed sequences; a propensity below the least (field "propensity").
Result<WeightedCertificate> certify_weighted(std::span<const WeightedJudged> judged, const WeightedRule& rule,
                                             const Request& request);

// Lines of "name: value" as of a Certificate.
std::string to_text(const WeightedCertificate& certificate);

}  // namespace countersign::certificate
