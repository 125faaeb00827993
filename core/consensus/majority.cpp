#include "core/consensus/majority.h"

#include <algorithm>

#include "core/base/check.h"

namespace countersign::consensus {

namespace {

// What an answer earns: 1 for the majority's label, a part of it where several labels have as many votes.
double credit(std::span<const double> shares, uint32_t label) {
    const double most = *std::ranges::max_element(shares);
    if (shares[label] < most - kTie) {
        return 0;
    }
    const auto tied = std::ranges::count_if(shares, [most](double share) { return share >= most - kTie; });
    return 1 / static_cast<double>(tied);
}

std::vector<double> agreement(const stats::AnswerTable& table, const std::vector<double>& shares) {
    const size_t labels = table.labels();
    std::vector<double> right(table.reviewers(), 0);
    std::vector<double> answers(table.reviewers(), 0);
    for (const stats::Answer& answer : table.all()) {
        right[answer.reviewer] += credit(std::span(shares).subspan(answer.item * labels, labels), answer.label);
        answers[answer.reviewer] += 1;
    }
    for (size_t j = 0; j < right.size(); ++j) {
        right[j] = answers[j] > 0 ? right[j] / answers[j] : 0;
    }
    return right;
}

}  // namespace

std::vector<double> vote_shares(const stats::AnswerTable& table) {
    CS_CHECK(table.labels() > 0);
    const size_t labels = table.labels();
    std::vector<double> out(table.items() * labels, 0);
    for (size_t item = 0; item < table.items(); ++item) {
        const std::span<double> row = std::span(out).subspan(item * labels, labels);
        const std::span<const stats::Answer> answers = table.of_item(item);
        if (answers.empty()) {
            std::ranges::fill(row, 1 / static_cast<double>(labels));
            continue;
        }
        for (const stats::Answer& answer : answers) {
            row[answer.label] += 1;
        }
        for (double& votes : row) {
            votes /= static_cast<double>(answers.size());
        }
    }
    return out;
}

std::vector<double> class_shares(const stats::AnswerTable& table, const std::vector<double>& posterior) {
    const size_t labels = table.labels();
    std::vector<double> out(labels, 0);
    double items = 0;
    for (size_t item = 0; item < table.items(); ++item) {
        if (table.of_item(item).empty()) {
            continue;
        }
        items += 1;
        for (size_t k = 0; k < labels; ++k) {
            out[k] += posterior[(item * labels) + k];
        }
    }
    for (double& share : out) {
        share = items > 0 ? share / items : 1 / static_cast<double>(labels);
    }
    return out;
}

Consensus majority_vote(const stats::AnswerTable& table) {
    Consensus out{.method = Method::majority, .labels = table.labels(), .posterior = vote_shares(table)};
    out.class_prior = class_shares(table, out.posterior);
    out.skill = agreement(table, out.posterior);
    return out;
}

Consensus wawa(const stats::AnswerTable& table) {
    Consensus out = majority_vote(table);
    out.method = Method::wawa;
    for (size_t item = 0; item < table.items(); ++item) {
        double sum = 0;
        for (const stats::Answer& answer : table.of_item(item)) {
            sum += out.skill[answer.reviewer];
        }
        if (sum <= 0) {
            continue;  // no answers, or nobody whose word weighs anything: the shares stay
        }
        const std::span<double> row = std::span(out.posterior).subspan(item * out.labels, out.labels);
        std::ranges::fill(row, 0);
        for (const stats::Answer& answer : table.of_item(item)) {
            row[answer.label] += out.skill[answer.reviewer];
        }
        for (double& share : row) {
            share /= sum;  // at the end, so that no share is above 1 by rounding
        }
    }
    out.class_prior = class_shares(table, out.posterior);
    return out;
}

}  // namespace countersign::consensus
