#include "core/people/adjudicator.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/base/number_text.h"

namespace countersign::people {

AdjudicatorChoice choose_adjudicator(const Task& task, std::span<const Reviewer> reviewers, Instant now,
                                     const Crowd& crowd) {
    CS_CHECK(task.purpose == Purpose::adjudication);
    AdjudicatorChoice out;
    for (size_t j = 0; j < reviewers.size(); ++j) {
        std::vector<Exclusion> why = exclusions(task, reviewers[j], now);
        if (why.empty()) {
            out.candidates.push_back({j, correctness(reviewers[j], task.kind, crowd)});
        } else {
            out.left_out.push_back({j, std::move(why)});
        }
    }
    std::ranges::sort(out.candidates, [&](const Candidate& a, const Candidate& b) {
        if (a.correctness.low != b.correctness.low) {
            return a.correctness.low > b.correctness.low;
        }
        const Reviewer& x = reviewers[a.reviewer];
        const Reviewer& y = reviewers[b.reviewer];
        return x.today.reviews != y.today.reviews ? x.today.reviews < y.today.reviews : x.id < y.id;
    });
    std::ranges::sort(out.left_out, {}, [&](const LeftOut& one) { return reviewers[one.reviewer].id; });
    return out;
}

std::vector<std::string> sentences(std::span<const Reviewer> reviewers, const AdjudicatorChoice& choice) {
    std::vector<std::string> out;
    for (const Candidate& one : choice.candidates) {
        out.push_back(concat(reviewers[one.reviewer].id.text, ": right ", fixed_text(one.correctness.mean, 2),
                             ", surely ", fixed_text(one.correctness.low, 2), " or more, from ",
                             rounded_text(one.correctness.answers, 4), " answers"));
    }
    append_sentences(reviewers, choice.left_out, out);
    return out;
}

}  // namespace countersign::people
