#include "core/consensus/collapse.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/consensus/majority.h"

namespace countersign::consensus {

namespace {

std::string percent(double share) {
    return concat(static_cast<int64_t>(std::floor((share * 100) + 0.5)), " %");
}

}  // namespace

std::string sentence(const Fallback& fallback) {
    const std::string_view name = method_name(fallback.from);
    switch (fallback.why) {
        case Collapse::against_majority:
            return concat(name, " was not used: it contradicts the majority on ", percent(fallback.measured),
                          " of the items; at most ", percent(fallback.limit), " are believed");
        case Collapse::no_skill:
            return concat(name, " was not used: by it reviewers are right ", percent(fallback.measured),
                          " of the time, hardly more than by chance; at least ", percent(fallback.limit),
                          " are expected");
        case Collapse::too_large:
            return concat(name, " was not used: a matrix for each reviewer and all labels would not fit into memory");
    }
    CS_CHECK(false);
}

double against_majority(const Consensus& consensus, const stats::AnswerTable& table) {
    const std::vector<double> shares = vote_shares(table);
    double answered = 0;
    double against = 0;
    for (size_t item = 0; item < table.items(); ++item) {
        if (table.of_item(item).empty()) {
            continue;
        }
        const std::span<const double> row = std::span(shares).subspan(item * table.labels(), table.labels());
        answered += 1;
        against += row[choose(consensus, table, item).label] < *std::ranges::max_element(row) - kTie ? 1 : 0;
    }
    return answered > 0 ? against / answered : 0;
}

double mean_skill(const Consensus& consensus, const stats::AnswerTable& table) {
    double sum = 0;
    for (const stats::Answer& answer : table.all()) {
        sum += consensus.skill[answer.reviewer];
    }
    return table.all().empty() ? 0 : sum / static_cast<double>(table.all().size());
}

std::optional<Fallback> find_collapse(const Consensus& consensus, const stats::AnswerTable& table,
                                      const CollapseLimits& limits) {
    if (table.all().empty() || table.labels() < 2) {
        return std::nullopt;  // nothing to be wrong about
    }
    const double against = against_majority(consensus, table);
    if (against > limits.most_against_majority) {
        return Fallback{consensus.method, Collapse::against_majority, against, limits.most_against_majority};
    }
    const double skill = mean_skill(consensus, table);
    const double least = (1 / static_cast<double>(table.labels())) + limits.least_above_chance;
    if (skill < least) {
        return Fallback{consensus.method, Collapse::no_skill, skill, least};
    }
    return std::nullopt;
}

}  // namespace countersign::consensus
