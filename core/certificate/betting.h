#pragma once
// Bounds for the mean of graded losses (partial credit, cost-weighted errors): somebody bets against "the mean is at
// least R" without ever risking more than is there; a capital of 1/delta refutes it at level delta. Far tighter than
// Hoeffding's bound where losses vary little.
// Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", 2023; the bets of Bates et al.,
// "Distribution-free, risk-controlling prediction sets", 2021, section 3.1.3.
//
// Contract: losses in [0, 1], in an order that does not depend on them: shuffle by a seed that is recorded with the
// bound (stats::Random), because another order gives another, equally valid bound. 0 < delta < 1; no losses give 1.

#include <span>

namespace countersign::certificate {

double betting_upper(std::span<const double> losses, double delta);
double betting_lower(std::span<const double> losses, double delta);

// Whether "the mean is at least `mean`" is refuted at level delta: one look instead of a search. 0 < mean <= 1.
bool betting_refutes(std::span<const double> losses, double mean, double delta);

}  // namespace countersign::certificate
