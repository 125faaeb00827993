#pragma once
// Certificates for parts of the items (a channel, a language, a product), which errors seldom spread over evenly, and
// for what is left of the parent: a slice with too little evidence of its own falls back to the rest of its parent and
// is shown as not certified alone.
//
// All of the promises together fail with probability at most delta. Half of it is for the slices, in equal shares; a
// slice whose whole sequence passed, down to its lowest score, needs its share no longer, and the others get it
// (Bretz, Maurer, Brannath and Posch, 2009; with one threshold a slice that is Holm's method). Holm's own rule would be
// too generous here: it pays for a slice once, while a search for the laxest threshold may still fail after that.
// The other half is for the rest: the slices that were NOT certified alone, together. Certifying the whole parent
// instead would promise nothing about them, because the easy slices, which go their own way, paid for its average.
// That the same reviews chose what the rest is, makes no difference in the direction that matters: a slice is left over
// because many of its items were found wrong.

#include <span>
#include <string>
#include <vector>

#include "core/certificate/certificate.h"

namespace countersign::certificate {

// Every item belongs to exactly one slice.
struct SliceEvidence {
    std::string name;
    std::vector<Judged> judged;
};

struct SliceCertificates {
    std::vector<Certificate> alone;     // one a slice, in order; closed ones have their plan
    std::optional<Certificate> rest{};  // of all closed ones together; nothing when every slice is certified alone

    // What steers a slice: its own threshold, or that of the rest; nothing where the tier stays closed.
    std::optional<Ppm> threshold_of(size_t slice) const;
};

// `request.provenance.scope` names the parent. Errors as of certify(); the binary search is not for slices.
Result<SliceCertificates> certify_slices(std::span<const SliceEvidence> slices, const Request& request);

}  // namespace countersign::certificate
