#include "core/tiers/evidence.h"

#include <algorithm>
#include <map>

#include "core/audit/coin.h"

namespace countersign::tiers {

namespace {

struct Candidate {
    const DrawnItem* item;
    Ppm coin;
    Ppm share;  // with which it is in: of what came before a tier opened and was not used, only a part stayed drawn
};

// What came before an alarm says nothing of what comes after it.
Instant begin_of(std::span<const Certification> certifications) {
    Instant begin{INT64_MIN};
    for (const Certification& one : certifications) {
        if (one.closed && one.closed->by == TierClosedBy::alarm) {
            begin = std::max(begin, one.closed_at);
        }
    }
    return begin;
}

std::vector<Candidate> candidates_of(std::span<const DrawnItem> drawn, const EvidenceRule& rule) {
    const Instant begin = begin_of(rule.certifications);
    std::vector<Candidate> out;
    for (const DrawnItem& item : drawn) {
        if (item.promise.outcome != PromiseOutcome::evidence || item.arrived <= begin) {
            continue;
        }
        Candidate one{&item, audit::coin_of(rule.evidence_key, item.id), item.promise.propensity};
        for (const Certification& certification : rule.certifications) {
            if (item.arrived > certification.certified.to && item.arrived <= certification.at) {
                one.share = std::min(one.share, certification.certified.still_drawn);
            }
        }
        if (one.coin < one.share) {
            out.push_back(one);
        }
    }
    return out;
}

bool is_in(const Candidate& one, Ppm share) {
    return one.share >= share && one.coin < share;
}

// The share that leaves most items; of several the larger.
Ppm best_share(const std::vector<Candidate>& candidates) {
    std::map<Ppm, int64_t> shares;
    for (const Candidate& one : candidates) {
        shares[one.share] = 0;
    }
    Ppm best = kCertain;
    int64_t most = -1;
    for (auto& [share, count] : shares) {
        const Ppm least = share;
        count = std::count_if(candidates.begin(), candidates.end(),
                              [least](const Candidate& one) { return is_in(one, least); });
        if (count >= most) {
            most = count;
            best = share;
        }
    }
    return best;
}

}  // namespace

Evidence gather_evidence(std::span<const DrawnItem> drawn, const EvidenceRule& rule) {
    const std::vector<Candidate> candidates = candidates_of(drawn, rule);
    Evidence out;
    out.propensity = best_share(candidates);
    bool all_decided = true;
    for (const Candidate& one : candidates) {
        if (!is_in(one, out.propensity)) {
            continue;
        }
        if (one.item->finding == Finding::dropped) {
            ++out.dropped;
            continue;
        }
        const bool waits = one.item->finding == Finding::waits;
        out.waiting += waits ? 1 : 0;
        all_decided = all_decided && !waits;
        out.decided += all_decided ? 1 : 0;
        out.items.push_back(*one.item);
    }
    return out;
}

}  // namespace countersign::tiers
