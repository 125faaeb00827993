#include "tests/core/consensus/answer_sets.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

namespace countersign::testing {

namespace {

std::vector<double> ranks(const std::vector<double>& values) {
    std::vector<size_t> order(values.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::ranges::sort(order, {}, [&](size_t i) { return values[i]; });
    std::vector<double> out(values.size());
    for (size_t begin = 0; begin < order.size();) {
        size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]]) {
            ++end;
        }
        for (size_t i = begin; i < end; ++i) {
            out[order[i]] = static_cast<double>(begin + end - 1) / 2;
        }
        begin = end;
    }
    return out;
}

}  // namespace

std::optional<AnswerSet> shared_answers(const std::string& name) {
    const auto answers = read_shared("data/aggregation/" + name + "/answers.csv");
    const auto truth = read_shared("data/aggregation/" + name + "/truth.csv");
    if (!answers || !truth) {
        return std::nullopt;
    }
    std::vector<stats::Answer> rows;
    uint32_t items = 0;
    uint32_t reviewers = 0;
    uint32_t labels = 0;
    for (const auto& row : read_whole_numbers(*answers, 3)) {
        const stats::Answer& answer = rows.emplace_back(
            stats::Answer{static_cast<uint32_t>(row[0]), static_cast<uint32_t>(row[1]), static_cast<uint32_t>(row[2])});
        items = std::max(items, answer.item + 1);
        reviewers = std::max(reviewers, answer.reviewer + 1);
        labels = std::max(labels, answer.label + 1);
    }
    std::vector<consensus::KnownTruth> known;
    for (const auto& row : read_whole_numbers(*truth, 2)) {
        known.push_back({static_cast<uint32_t>(row[0]), static_cast<uint32_t>(row[1])});
        labels = std::max(labels, known.back().label + 1);
    }
    return AnswerSet{stats::AnswerTable(stats::without_repeats(std::move(rows), stats::Repeats::keep_first), items,
                                        reviewers, labels),
                     std::move(known)};
}

stats::AnswerTable written_answers(const std::vector<std::string>& items, size_t labels) {
    std::vector<stats::Answer> rows;
    size_t reviewers = 0;
    for (size_t item = 0; item < items.size(); ++item) {
        reviewers = std::max(reviewers, items[item].size());
        for (size_t j = 0; j < items[item].size(); ++j) {
            if (items[item][j] != '.') {
                rows.push_back({static_cast<uint32_t>(item), static_cast<uint32_t>(j),
                                static_cast<uint32_t>(items[item][j] - '0')});
            }
        }
    }
    return {rows, items.size(), reviewers, labels};
}

double accuracy(const consensus::Consensus& consensus, const std::vector<consensus::KnownTruth>& truth) {
    double right = 0;
    for (const consensus::KnownTruth& known : truth) {
        const auto z = consensus.of_item(known.item);
        const double most = *std::ranges::max_element(z);
        if (z[known.label] >= most - consensus::kTie) {
            right += 1 / static_cast<double>(
                             std::ranges::count_if(z, [&](double p) { return p >= most - consensus::kTie; }));
        }
    }
    return right / static_cast<double>(truth.size());
}

double spearman(const std::vector<double>& a, const std::vector<double>& b) {
    const std::vector<double> x = ranks(a);
    const std::vector<double> y = ranks(b);
    const double mean = static_cast<double>(x.size() - 1) / 2;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (size_t i = 0; i < x.size(); ++i) {
        xy += (x[i] - mean) * (y[i] - mean);
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
    }
    return xy / std::sqrt(xx * yy);
}

}  // namespace countersign::testing
