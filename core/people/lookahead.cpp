#include "core/people/lookahead.h"

#include <algorithm>
#include <vector>

#include "core/base/check.h"

namespace countersign::people {

namespace {

// Adds up max_k P(k, counts of answers) over all counts.
class Outcomes {
public:
    Outcomes(std::span<const double> posterior, std::span<const double> confusions)
        : labels_(posterior.size()), confusions_(confusions) {}

    // `joint` is P(k, counts so far) over the multinomial's factorials; `answer` is the next to be counted.
    double sum(const std::vector<double>& joint, size_t answer, size_t left) const {
        if (answer + 1 == labels_) {
            std::vector<double> last = joint;
            for (size_t n = 1; n <= left; ++n) {
                count_one(last, answer, n);
            }
            return *std::ranges::max_element(last);
        }
        double out = 0;
        std::vector<double> next = joint;
        for (size_t n = 0; n <= left; ++n) {
            if (n > 0) {
                count_one(next, answer, n);
            }
            out += sum(next, answer + 1, left - n);
        }
        return out;
    }

private:
    void count_one(std::vector<double>& joint, size_t answer, size_t nth) const {
        for (size_t k = 0; k < labels_; ++k) {
            joint[k] *= confusions_[(k * labels_) + answer] / static_cast<double>(nth);
        }
    }

    size_t labels_;
    std::span<const double> confusions_;
};

// (answers + labels - 1 over answers)
double outcomes(size_t answers, size_t labels) {
    double out = 1;
    for (size_t n = 1; n <= answers; ++n) {
        out *= static_cast<double>(labels - 1 + n) / static_cast<double>(n);
    }
    return out;
}

}  // namespace

double certainty_after(std::span<const double> posterior, std::span<const double> confusions, size_t answers) {
    CS_CHECK(!posterior.empty() && confusions.size() == posterior.size() * posterior.size());
    double factorial = 1;
    for (size_t n = 2; n <= answers; ++n) {
        factorial *= static_cast<double>(n);
    }
    const std::vector<double> begin(posterior.begin(), posterior.end());
    return factorial * Outcomes(posterior, confusions).sum(begin, 0, answers);
}

Lookahead look_ahead(std::span<const double> posterior, std::span<const double> confusions, size_t most, double cost) {
    CS_CHECK(cost >= 0);
    const double now = *std::ranges::max_element(posterior);
    Lookahead out{.answers = 0, .certainty = now, .net = 0};
    for (size_t n = 1; n <= most && outcomes(n, posterior.size()) <= kMostOutcomes; ++n) {
        const double certainty = certainty_after(posterior, confusions, n);
        const double net = certainty - now - (static_cast<double>(n) * cost);
        // Rounding is no gain.
        if (net > out.net + 1e-12) {
            out = {.answers = n, .certainty = certainty, .net = net};
        }
    }
    return out;
}

}  // namespace countersign::people
