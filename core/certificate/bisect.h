#pragma once

// Bisection for bounds that have no closed form. Internal to core/certificate and core/audit.

namespace countersign::certificate {

// Where `holds` turns from false to true between low and high, from above: the value that is returned makes it true, or
// is `high`. 48 halvings: as close as 4e-15 of the interval.
template <class Predicate>
double first_true(double low, double high, Predicate holds) {
    for (int i = 0; i < 48; ++i) {
        const double middle = low + ((high - low) / 2);
        if (holds(middle)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

}  // namespace countersign::certificate
