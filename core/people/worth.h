#pragma once
// What one review by one person is worth: correctness gained per minute, and what speaks for doing it now and by him.
//
// Correctness is the probability that a label drawn from the posterior is the right one, sum of p_k^2 (one minus
// Brier's score of a sure forecast, in expectation). Its gain by an answer is above 0 for every answer that tells
// anything. The gain of the largest posterior would be 0 whenever one answer cannot turn the label though two can, and
// would leave exactly those items that need a second opinion alone.

#include <cstdint>

namespace countersign::people {

// Expected sum of squared posteriors after one answer, less that before. Before it one label has `certainty` and the
// others share the rest; the answer is right with probability `right`, wrong ones are alike. CS_CHECKs labels >= 2 and
// that both lie in [0, 1].
double gain_of_answer(double certainty, double right, uint32_t labels);

// logit(mean correctness) less the task's difficulty, as the hierarchical consensus weighs a truth that is hard to see.
double chance_of_right(double mean_correctness, double difficulty);

// Of a task with so many seconds to spare: 1 without any, horizon/(horizon + slack) with some, 0 with infinitely many.
double urgency(double slack_seconds, double horizon_seconds);

struct Weights {
    // What pairs are compared by: gain per minute over the mean of all pairs that are possible,
    double urgency = 4;  // so much of that for a task that is due,
    double balance = 1;  // and so much for somebody whose day is still empty.
    double horizon_seconds = 4 * 3600;
    int64_t usual_reviews = 100;  // a day's work of people without any limit
};

// Of one assignment. They add up to what the plan maximises.
struct Terms {
    double correctness_gain = 0;
    double seconds = 0;
    double gain_per_minute = 0;  // over the mean of all possible pairs: 1 is usual
    double urgency = 0;          // weighted
    double balance = 0;          // weighted

    double total() const { return gain_per_minute + urgency + balance; }
};

}  // namespace countersign::people
