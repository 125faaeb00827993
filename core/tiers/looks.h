#pragma once
// Looking at growing evidence without deceiving oneself. Whoever asks every day whether the tier may open, and opens it
// on the first yes, has a far greater chance of a wrong one than delta. So evidence is looked at in sizes that are
// fixed beforehand: the first n items, then 1.5 n, 2.25 n and so on, look j at delta/(j (j + 1)), which adds up to
// delta over all looks there will ever be. Between two sizes nothing is computed, so that asking more often tells
// nothing more. All looks hold together; the laxest threshold of any of them may be taken.
//
// Source: alpha spending (Lan and DeMets, "Discrete sequential boundaries for clinical trials", 1983) with the series
// 1/(j (j + 1)) and geometric sizes.

#include <cstdint>
#include <optional>
#include <vector>

#include "core/certificate/certificate.h"
#include "core/policy/policy.h"
#include "core/tiers/evidence.h"

namespace countersign::tiers {

// How many items look j rests on, j = 1, 2, 3 ...
int64_t look_size(int64_t first, int j);
Ppm look_delta(Ppm delta, int j);
// The promise's, or twice the least that could pass at look 1.
int64_t first_look(const TierPromise& promise);

struct Look {
    int number = 0;
    int64_t size = 0;
    certificate::Certificate certificate;
};

struct Looks {
    std::vector<Look> done;      // all that the evidence suffices for
    std::optional<size_t> best;  // the laxest that opened, into done; nothing: the tier stays closed
    int64_t next_size = 0;       // of the next look
};

// `provenance` stands on the certificates; its window is filled in. Errors: as of certificate::certify().
Result<Looks> look_at(const Evidence& evidence, const TierPromise& promise, const certificate::Provenance& provenance);

}  // namespace countersign::tiers
