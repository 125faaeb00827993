// How much of the work each way of choosing a threshold opens, and how often it breaks its promise: 1,000 samples of
// each routing set, drawn with replacement; the set itself is the truth. certificate_bench FOLDER [resamples [seed]]

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "core/certificate/search.h"
#include "core/stats/random.h"
#include "core/table/predictions.h"

using namespace countersign;
using certificate::Cut;
using certificate::Judged;
using certificate::Level;
using certificate::Method;
using certificate::Sample;

namespace {

struct Row {
    std::string set;
    double epsilon;
    size_t n;
};

const std::vector<Row> kRows{
    {"cifar10h-resnet110", .01, 1000}, {"cifar10h-resnet110", .01, 3000}, {"cifar10h-resnet110", .02, 1000},
    {"cifar10h-lowacc", .02, 2000},    {"adult-income", .05, 2000},       {"md-agreement", .10, 3000},
};

// Empty where there is no such file, or another one.
std::vector<Judged> read_set(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string csv{std::istreambuf_iterator<char>(file), {}};
    table::PredictionReader predictions;
    table::RecordReader reader(predictions);
    if (!reader.feed(csv).ok() || !reader.finish().ok()) {
        return {};
    }
    const auto read = predictions.finish();
    std::vector<Judged> out;
    for (const table::Prediction& one : read.ok() ? read.value().predictions : std::vector<table::Prediction>()) {
        out.push_back({one.confidence_ppm, one.right() ? certificate::Finding::right : certificate::Finding::wrong});
    }
    return out;
}

// The laxest threshold at which the sample's own error rate is small enough: what one does without statistics. Here
// only, to show what it is worth.
std::optional<Cut> naive(const Sample& sample, double epsilon) {
    std::optional<Cut> out;
    for (const Cut& cut : sample.cuts()) {
        if (static_cast<double>(cut.errors) <= epsilon * static_cast<double>(cut.accepted)) {
            out = cut;
        }
    }
    return out;
}

struct Tally {
    double coverage = 0;
    int violations = 0;

    void add(const std::optional<Cut>& cut, const Sample& truth, double epsilon) {
        if (!cut) {
            return;
        }
        const Cut really = truth.at(cut->threshold);
        coverage += static_cast<double>(really.accepted) / static_cast<double>(truth.size());
        violations += static_cast<double>(really.errors) > epsilon * static_cast<double>(really.accepted) ? 1 : 0;
    }
};

constexpr size_t kMethods = 6;

std::array<std::optional<Cut>, kMethods> answers(const Sample& sample, const Level& level) {
    const auto by = [&](Method method, int starts) {
        return certificate::search_threshold(sample, level, {.method = method, .starts = starts}).opened;
    };
    const auto growing = [&](int starts) {
        return certificate::search_threshold(sample, level,
                                             {.starts = starts, .spacing = certificate::Spacing::growing})
            .opened;
    };
    return {naive(sample, level.epsilon),  by(Method::selection_with_guaranteed_risk, 1),
            by(Method::bonferroni, 1),     by(Method::fixed_sequence, 1),
            by(Method::fixed_sequence, 3), growing(3)};
}

void run(const Row& row, const std::vector<Judged>& set, int resamples, stats::Random& random) {
    constexpr double kDelta = .1;
    const Sample truth(set);
    std::array<Tally, kMethods> tallies;
    std::vector<Judged> drawn(row.n);
    for (int i = 0; i < resamples; ++i) {
        for (Judged& one : drawn) {
            one = set[random.below(set.size())];
        }
        const auto opened = answers(Sample(drawn), {row.epsilon, kDelta});
        for (size_t method = 0; method < kMethods; ++method) {
            tallies[method].add(opened[method], truth, row.epsilon);
        }
    }
    Tally oracle;
    oracle.add(naive(truth, row.epsilon), truth, row.epsilon);
    std::printf("| %s, %.2f, %zu | %.3f |", row.set.c_str(), row.epsilon, row.n, oracle.coverage);
    for (const Tally& tally : tallies) {
        std::printf(" %.3f / %.3f |", tally.coverage / resamples, static_cast<double>(tally.violations) / resamples);
    }
    std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape)
    if (argc < 2) {
        std::fprintf(stderr, "certificate_bench FOLDER [resamples [seed]]: FOLDER holds SET/items.csv\n");
        return 2;
    }
    const int resamples = argc > 2 ? static_cast<int>(std::strtol(argv[2], nullptr, 10)) : 1000;
    const uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
    stats::Random random(seed);
    std::printf("%d resamples, seed %llu, delta 0.1: mean coverage / share of samples that broke the promise\n\n",
                resamples, static_cast<unsigned long long>(seed));
    std::printf(
        "| set, epsilon, n | oracle | naive | SGR | LTT Bonferroni | FST 1 start | FST 3 starts | growing 3 |\n");
    std::printf("|---|---|---|---|---|---|---|---|\n");
    for (const Row& row : kRows) {
        const std::vector<Judged> set = read_set(std::string(argv[1]) + "/" + row.set + "/items.csv");
        if (set.empty()) {
            std::fprintf(stderr, "%s: no items.csv of the form expected\n", row.set.c_str());
            return 1;
        }
        run(row, set, resamples, random);
    }
    return 0;
}
