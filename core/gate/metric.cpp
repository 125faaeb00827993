#include "core/gate/metric.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/check.h"
#include "core/stats/random.h"

namespace countersign::gate {

namespace {

struct Cluster {
    double sum = 0;  // of differences
    double items = 0;
};

// In the order in which they first appear.
std::vector<Cluster> clusters_of(const MetricPair& metric) {
    const size_t items = metric.base.size();
    CS_CHECK(items > 0 && metric.candidate.size() == items);
    CS_CHECK(metric.clusters.empty() || metric.clusters.size() == items);
    std::map<uint32_t, size_t> known;
    std::vector<Cluster> out;
    for (size_t i = 0; i < items; ++i) {
        size_t at = i;
        if (!metric.clusters.empty()) {
            at = known.emplace(metric.clusters[i], known.size()).first->second;
        }
        if (at == out.size()) {
            out.emplace_back();
        }
        out[at].sum += metric.candidate[i] - metric.base[i];
        out[at].items += 1;
    }
    return out;
}

stats::Interval bootstrap(const std::vector<Cluster>& clusters, const MetricOptions& options, stats::Random& random) {
    std::vector<double> means;
    means.reserve(options.repeats);
    for (size_t repeat = 0; repeat < options.repeats; ++repeat) {
        Cluster all;
        for (size_t i = 0; i < clusters.size(); ++i) {
            const Cluster& one = clusters[static_cast<size_t>(random.below(clusters.size()))];
            all.sum += one.sum;
            all.items += one.items;
        }
        means.push_back(all.sum / all.items);
    }
    std::ranges::sort(means);
    const auto at = [&means](double p) {
        return means[static_cast<size_t>(std::floor(p * static_cast<double>(means.size() - 1)))];
    };
    return {at(options.level), at(1 - options.level)};
}

void flip_signs(const std::vector<Cluster>& clusters, MetricDifference& out, stats::Random& random) {
    double seen = 0;
    double size = 0;
    for (const Cluster& one : clusters) {
        seen += one.sum;
        size += std::abs(one.sum);
    }
    // Sums of the same numbers in another order of signs may differ by rounding where they are equal.
    const double rounding = 1e-12 * size;
    size_t as_far = 0;
    size_t as_much = 0;
    for (size_t repeat = 0; repeat < out.options.repeats; ++repeat) {
        double sum = 0;
        uint64_t bits = 0;
        for (size_t i = 0; i < clusters.size(); ++i, bits >>= 1) {
            if (i % 64 == 0) {
                bits = random.next();
            }
            sum += (bits & 1) != 0 ? clusters[i].sum : -clusters[i].sum;
        }
        as_far += std::abs(sum) >= std::abs(seen) - rounding ? 1 : 0;
        as_much += sum >= seen - rounding ? 1 : 0;
    }
    const auto repeats = static_cast<double>(out.options.repeats);
    out.two_sided = (1 + static_cast<double>(as_far)) / (1 + repeats);
    out.worse = (1 + static_cast<double>(as_much)) / (1 + repeats);
}

}  // namespace

MetricDifference compare_metric(const MetricPair& metric, const MetricOptions& options) {
    CS_CHECK(options.repeats > 0 && options.level > 0 && options.level < 0.5);
    const std::vector<Cluster> clusters = clusters_of(metric);
    MetricDifference out{
        .name = metric.name, .options = options, .clusters = clusters.size(), .margin = metric.margin, .interval = {}};
    double sum = 0;
    for (const Cluster& one : clusters) {
        sum += one.sum;
    }
    out.difference = sum / static_cast<double>(metric.base.size());
    stats::Random random(options.seed);
    out.interval = bootstrap(clusters, options, random);
    flip_signs(clusters, out, random);
    return out;
}

}  // namespace countersign::gate
