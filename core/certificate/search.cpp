#include "core/certificate/search.h"

#include <algorithm>
#include <vector>

#include "core/base/check.h"
#include "core/certificate/bounds.h"
#include "core/certificate/plan.h"
#include "core/certificate/sequences.h"
#include "core/stats/elementary.h"

namespace countersign::certificate {

namespace {

class Test {
public:
    Test(double epsilon, double level) : epsilon_(epsilon), log_level_(stats::log(level)) {}

    bool passes(const Cut& cut) const {
        return cut.accepted > 0 && log_binomial_p_value(cut.errors, cut.accepted, epsilon_) <= log_level_;
    }

private:
    double epsilon_;
    double log_level_;
};

Search fixed_sequence(const std::vector<Cut>& grid, const Level& level, const SearchOptions& options) {
    const int starts = options.starts;
    Search out{.level = level.delta / starts};
    const Test test(level.epsilon, out.level);
    // The first threshold that could pass at all: by counts of scores, not by labels.
    const int64_t need =
        options.first_accepted > 0 ? options.first_accepted : smallest_sample(0, {level.epsilon, out.level});
    const auto place_of = [&](double accepted) {
        const auto cut = std::ranges::find_if(
            grid, [accepted](const Cut& one) { return static_cast<double>(one.accepted) >= accepted; });
        return static_cast<size_t>(cut - grid.begin());
    };
    std::vector<size_t> begins;
    if (options.spacing == Spacing::growing) {
        const double most = grid.empty() ? 1 : static_cast<double>(grid.back().accepted);
        const double growth = std::max(stats::log(most / static_cast<double>(need)), 0.0);
        for (int i = 0; i < starts; ++i) {
            begins.push_back(place_of(static_cast<double>(need) * stats::exp(growth * i / starts)));
        }
    } else {
        begins = equal_starts(place_of(static_cast<double>(need)), grid.size(), starts);
    }
    const Sequences found = run_sequences(begins, grid.size(), [&](size_t i) { return test.passes(grid[i]); });
    if (found.laxest) {
        out.opened = grid[*found.laxest];
    }
    out.exhausted = found.exhausted;
    return out;
}

Search bonferroni(const std::vector<Cut>& grid, const Level& level) {
    Search out{.level = level.delta / static_cast<double>(std::max<size_t>(grid.size(), 1))};
    const Test test(level.epsilon, out.level);
    out.exhausted = !grid.empty();
    for (const Cut& cut : grid) {
        if (test.passes(cut)) {
            out.opened = cut;
        } else {
            out.exhausted = false;
        }
    }
    return out;
}

Search binary_search(const Sample& sample, const Level& level) {
    int steps = 0;
    while ((int64_t{1} << steps) < sample.size()) {
        ++steps;
    }
    steps = std::max(steps, 1);
    Search out{.level = level.delta / steps};
    const Test test(level.epsilon, out.level);
    int64_t passed = 0;
    int64_t failed = sample.size() + 1;
    for (int step = 0; step < steps && failed - passed > 1; ++step) {
        const int64_t middle = passed + ((failed - passed) / 2);
        const Cut cut = sample.accepting(middle);
        if (test.passes(cut)) {
            passed = std::max(middle, cut.accepted);
            out.opened = cut;
        } else {
            failed = middle;
        }
    }
    return out;
}

}  // namespace

std::string_view name_of(Method method) {
    switch (method) {
        case Method::fixed_sequence: return "fixed_sequence";
        case Method::bonferroni: return "bonferroni";
        case Method::selection_with_guaranteed_risk: return "selection_with_guaranteed_risk";
    }
    CS_CHECK(false);
}

Search search_threshold(const Sample& sample, const Level& level, const SearchOptions& options) {
    CS_CHECK(level.epsilon > 0 && level.epsilon < 1 && level.delta > 0 && level.delta < 1);
    CS_CHECK(options.starts >= 1);
    switch (options.method) {
        case Method::fixed_sequence:
            return fixed_sequence(coverage_grid(sample, options.grid, options.laxest), level, options);
        case Method::bonferroni: return bonferroni(coverage_grid(sample, options.grid, options.laxest), level);
        case Method::selection_with_guaranteed_risk: return binary_search(sample, level);
    }
    CS_CHECK(false);
}

}  // namespace countersign::certificate
