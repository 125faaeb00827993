#pragma once
// Who decides where reviewers disagree: somebody who has not reviewed the item, and of those who may the one who is
// surest to be right: whose correctness with this kind of item has the highest 5 % quantile, so that forty right
// answers in a row do not beat 900 of 950.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/people/eligibility.h"
#include "core/people/reviewer.h"
#include "core/people/task.h"
#include "core/people/why.h"

namespace countersign::people {

struct Candidate {
    size_t reviewer = 0;
    Correctness correctness;
};

struct AdjudicatorChoice {
    // Best first: by the quantile, then by less work today, then by id. The first is chosen; none: nobody may.
    std::vector<Candidate> candidates;
    std::vector<LeftOut> left_out;  // in order of ids
};

// CS_CHECKs that the task is an adjudication. Whoever reviewed the item or holds it is left out like everybody who may
// not have it.
AdjudicatorChoice choose_adjudicator(const Task& task, std::span<const Reviewer> reviewers, Instant now,
                                     const Crowd& crowd = {});

// "bo: right 0.93, surely 0.88 or more, from 120 answers", then the next ones, then who was left out and why.
std::vector<std::string> sentences(std::span<const Reviewer> reviewers, const AdjudicatorChoice& choice);

}  // namespace countersign::people
