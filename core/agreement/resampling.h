#pragma once
// From alphas of draws to a spread: shared by everything that is drawn anew with replacement. Internal to
// core/agreement.

#include <span>
#include <vector>

#include "core/agreement/alpha_bootstrap.h"

namespace countersign::agreement {

// A sixth of the skewness of the units' influence on alpha; influence[i] is that of times[i] units.
double acceleration(std::span<const double> influence, std::span<const double> times);

// `draws`: alpha of each draw in which it is defined, in any order. Undefined when there is none.
SpreadOutcome summarise(std::vector<double> draws, double alpha, double acceleration, const BootstrapOptions& options);

}  // namespace countersign::agreement
