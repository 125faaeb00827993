#pragma once
// How probable it is that an automatically approved item is audited. The propensity is computed at the moment of the
// decision and recorded with it; every later question (how many are wrong, in this slice, since that week) can then be
// answered without bias, because every item had a chance above 0 that is known.
//
// pi is proportional to .8 sqrt(f (1 - f)) + .2 of its mean, where f is the calibrated probability that the item is
// wrong: the first part is what makes estimates of the error rate least uncertain (Neyman, 1934), the second finds what
// the model is sure of and wrong about. Scaled to a budget, at most 1, at least a millionth; in parts per million, as
// it is recorded and as the coin (core/audit/coin.h) reads it.

#include <span>
#include <vector>

#include "core/base/ppm.h"

namespace countersign::audit {

// Fitted to items like those to come (the last weeks'), then applied to one item at a time, also on a device without a
// network: an item's propensity does not depend on which others come.
class PropensityRule {
public:
    // `error_probabilities` of some items, each 0 to 1; `rate`: the share of all to be audited, 0 < rate <= 1. Where
    // items reach 1, the others get what these cannot take. Without any item, every one has the rate.
    PropensityRule(std::span<const double> error_probabilities, double rate);

    Ppm operator()(double error_probability) const;

private:
    double mean_spread_ = 0;
    double scale_;
};

// sqrt(f (1 - f)): the standard deviation of "is wrong".
double spread_of(double error_probability);

}  // namespace countersign::audit
