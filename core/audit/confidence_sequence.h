#pragma once
// The error rate with an interval that holds after every audit at once: with probability at least 1 - delta the true
// rate is never outside, however often and whenever one looks. For the dashboard.
//
// Betting by hedged capital: each candidate rate m is bet against from both sides, and drops out for good when the
// capital reaches 1/delta. Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", 2023,
// theorem 3 with the predictable bets of section 4.

#include <cstdint>
#include <vector>

namespace countersign::audit {

class ConfidenceSequence {
public:
    // Candidates are at (i/1000)^2: fine where error rates are, .002 apart near 1. 0 < delta < 1.
    explicit ConfidenceSequence(double delta);

    // A loss of 0 to 1 of an item drawn with equal propensities. O(1000) at first, less as candidates drop out.
    void observe(double loss);

    int64_t observed() const { return count_; }

    double mean() const;

    // Rounded outwards to the nearest candidates that dropped out.
    double lower() const;
    double upper() const;

private:
    struct Candidate {
        double rate;
        double log_above = 0;  // capital that the mean is above the rate
        double log_below = 0;
    };

    double next_bet() const;

    double log_goal_;
    double log_numerator_;
    std::vector<Candidate> candidates_;  // those that are left, in order
    double lower_ = 0;
    double upper_ = 1;
    int64_t count_ = 0;
    double sum_ = 0.5;
    double squares_ = 0.25;
    double total_ = 0;
};

}  // namespace countersign::audit
