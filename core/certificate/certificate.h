#pragma once
// A certificate: from which score on items may be approved without a person, what is promised about them, and on what
// evidence. Where the evidence is too thin it says so: the tier stays closed, and the plan says how many more reviews
// would open it.
//
// What is promised, with probability at least 1 - delta over which items were drawn for review: of the items that score
// at least the threshold, at most the share epsilon is wrong. It holds for items that come from where the reviewed ones
// came from (exchangeability), for this model, this calibrator and these reviewers; it ends with a new model or
// calibrator and with an alarm of the audit (core/audit). docs/certificates.md has the whole of it.
//
// Reviewers miss errors. With planted errors (gold items) the promise is about what is truly wrong: at most
// U/(1 - m), where U bounds what reviewers found wrong and m what they miss; delta is split between both. That takes
// planted errors to be found as often as the model's own.

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/certificate/plan.h"
#include "core/certificate/search.h"

namespace countersign::certificate {

// What stands on a certificate and steers no number.
struct Provenance {
    std::string scope;  // "all items", or a slice: "channel = letter"
    ModelId model;
    std::string calibrator;  // with its version; "none" where the model's own scores are used
    Instant from;            // of the reviews that count
    Instant to;
};

struct PlantedErrors {
    int64_t planted = 0;
    int64_t missed = 0;
    Ppm delta{20'000};  // the part of delta that is spent on this bound
};

struct Request {
    Ppm epsilon{};
    Ppm delta{};  // all of it
    SearchOptions search{};
    std::optional<PlantedErrors> planted{};
    Provenance provenance{};
};

struct Certificate {
    Request asked;
    int64_t reviewed = 0;         // items drawn at random and reviewed, of any score
    std::optional<Cut> opened{};  // n and k at the threshold; nothing: the tier stays closed
    double miss_rate_upper = 0;   // m; 0 where no errors were planted
    double found_risk_upper = 1;  // Clopper and Pearson at the level of one test; at most epsilon (1 - m) when open
    std::optional<ReviewPlan> plan{};  // when closed
};

// Errors: invalid_argument, with the field that is out of range: epsilon, delta, planted.
Result<Certificate> certify(const Sample& sample, const Request& request);

// The level at which a request tests: epsilon (1 - m) and what is left of delta; and m. The same errors.
struct CorrectedLevel {
    Level level;
    double miss_rate_upper = 0;
};

Result<CorrectedLevel> level_of(const Request& request);

// What a search by search_threshold() found, at this level of the request's, as a certificate.
Certificate state(const Request& request, const Sample& sample, const Search& found, const CorrectedLevel& at);

// For people and for the log: lines of "name: value", always the same bytes for the same certificate.
std::string to_text(const Certificate& certificate);

}  // namespace countersign::certificate
