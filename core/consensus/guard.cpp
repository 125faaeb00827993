#include "core/consensus/guard.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/check.h"
#include "core/consensus/bayesian_confusions.h"
#include "core/consensus/dawid_skene.h"
#include "core/consensus/glad.h"
#include "core/consensus/hierarchical.h"
#include "core/consensus/majority.h"
#include "core/consensus/one_coin.h"
#include "core/consensus/weighted_average.h"

namespace countersign::consensus {

namespace {

bool has_confusions(Method method) {
    return method != Method::majority && method != Method::wawa && method != Method::glad &&
           method != Method::weighted_average;
}

bool unanimous(std::span<const stats::Answer> answers) {
    return std::ranges::all_of(answers, [&](const stats::Answer& one) { return one.label == answers[0].label; });
}

// Three reviewers, not three answers: somebody may have said it twice.
bool by_three(std::span<const stats::Answer> answers) {
    std::array<uint32_t, 2> seen{};
    size_t known = 0;
    for (const stats::Answer& answer : answers) {
        if (std::find(seen.begin(), seen.begin() + static_cast<ptrdiff_t>(known), answer.reviewer) ==
            seen.begin() + static_cast<ptrdiff_t>(known)) {
            if (known == seen.size()) {
                return true;
            }
            seen[known++] = answer.reviewer;
        }
    }
    return false;
}

std::vector<uint32_t> overruled_items(const stats::AnswerTable& table, const Consensus& consensus) {
    std::vector<uint32_t> out;
    for (size_t item = 0; item < table.items(); ++item) {
        const std::span<const stats::Answer> answers = table.of_item(item);
        if (by_three(answers) && unanimous(answers) && choose(consensus, table, item).label != answers[0].label) {
            out.push_back(static_cast<uint32_t>(item));
        }
    }
    return out;
}

}  // namespace

Consensus consensus_by(Method method, const stats::AnswerTable& table, const Evidence& evidence,
                       const IterationLimits& limits) {
    switch (method) {
        case Method::majority: return majority_vote(table);
        case Method::wawa: return wawa(table);
        case Method::dawid_skene: return dawid_skene(table, evidence, limits);
        case Method::hierarchical: return hierarchical(table, evidence, {.limits = limits});
        case Method::hierarchical_with_wawa: return hierarchical_with_wawa(table, evidence, {.limits = limits});
        case Method::ordinal:
            return hierarchical(table, evidence, {.confusions = Confusions::of_neighbours, .limits = limits});
        case Method::one_coin: return one_coin(table, evidence, limits);
        case Method::bayesian_confusions: return bayesian_confusions(table, evidence, limits);
        case Method::glad: return glad(table, limits);
        case Method::weighted_average: return weighted_average(table, limits);
    }
    CS_CHECK(false);
}

GuardedConsensus guarded_consensus(const stats::AnswerTable& table, const Evidence& evidence,
                                   const GuardOptions& options) {
    GuardedConsensus out;
    std::vector<Method> chain{options.method};
    for (const Method next : {Method::hierarchical_with_wawa, Method::wawa, Method::majority}) {
        // From the method asked for on: nobody who asks for Wawa wants something less simple.
        const bool asked = std::ranges::find(chain, next) != chain.end();
        const bool simpler = has_confusions(options.method) || !has_confusions(next);
        if (!asked && simpler && chain.back() != Method::majority) {
            chain.push_back(next);
        }
    }
    // 64 bits in wasm too.
    const uint64_t confusions = uint64_t{table.reviewers()} * table.labels() * table.labels();
    for (const Method method : chain) {
        if (has_confusions(method) && confusions > options.most_confusions) {
            out.fallbacks.push_back({method, Collapse::too_large, static_cast<double>(confusions),
                                     static_cast<double>(options.most_confusions)});
            continue;
        }
        out.consensus = consensus_by(method, table, evidence, options.limits);
        const auto collapsed =
            method == Method::majority ? std::nullopt : find_collapse(out.consensus, table, options.collapse);
        if (!collapsed) {
            break;
        }
        out.fallbacks.push_back(*collapsed);
    }
    out.overruled = overruled_items(table, out.consensus);
    return out;
}

}  // namespace countersign::consensus
