#pragma once
// A plan made better by small changes, as long as there is one that helps. Internal to core/people.

#include <vector>

#include "core/people/slate.h"

namespace countersign::people {

// Changes of one or two assignments at a time: a slot that is still open takes a place that another assignment gives
// up, which moves to somebody else or ends; an assignment moves; two exchange their people. `pairs` keep every limit,
// and so does what is returned, sorted. A round costs the square of their number; at most `rounds`.
std::vector<Pair> improve(const Slate& slate, std::vector<Pair> pairs, int rounds = 20);

}  // namespace countersign::people
