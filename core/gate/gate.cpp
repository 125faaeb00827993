#include "core/gate/gate.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"
#include "core/gate/findings.h"
#include "core/gate/several.h"
#include "core/stats/special.h"

namespace countersign::gate {

namespace {

size_t needed_alone(const PairedCounts& overall, const GateRules& rules) {
    if (rules.alone_from) {
        return *rules.alone_from;
    }
    const auto items = static_cast<double>(overall.items());
    // Two models that never differ may still do so on the next item.
    const double discordance = std::max(static_cast<double>(overall.discordant()), 1.0) / items;
    return items_needed({.discordance = discordance, .margin = rules.margin, .level = rules.level});
}

SliceReport judge_slice(std::string name, const PairedCounts& counts, const GateRules& rules) {
    const auto items = static_cast<double>(counts.items());
    SliceReport out{.name = std::move(name), .counts = counts, .interval = {}};
    out.margin = std::max(rules.margin, rules.margin_items / items);
    out.difference = counts.difference();
    out.interval = difference_interval(counts, stats::normal_quantile(1 - rules.level), rules.interval);
    out.regression = mcnemar(counts).regression;
    if (out.interval.low > -out.margin) {
        out.standing = Standing::not_worse;
    } else if (out.interval.high < -out.margin) {
        out.standing = Standing::worse;
    }
    return out;
}

void judge_slices(const GateInput& input, const GateRules& rules, GateReport& report) {
    std::vector<bool> in_small(input.items.size(), false);
    for (const Slice& slice : input.slices) {
        if (slice.items.empty()) {
            continue;
        }
        SliceReport& one =
            report.slices.emplace_back(judge_slice(slice.name, count_pairs(input.items, slice.items), rules));
        one.alone = slice.items.size() >= report.alone_from;
        for (const uint32_t item : slice.items) {
            in_small[item] = in_small[item] || !one.alone;
        }
    }
    std::vector<uint32_t> small;
    for (uint32_t item = 0; item < in_small.size(); ++item) {
        if (in_small[item]) {
            small.push_back(item);
        }
    }
    if (!small.empty()) {
        report.small_slices = judge_slice("The group of small slices", count_pairs(input.items, small), rules);
    }
}

void name_regressions(const GateRules& rules, GateReport& report) {
    std::vector<SliceReport*> tested;
    std::vector<double> p;
    for (SliceReport& slice : report.slices) {
        if (static_cast<size_t>(slice.counts.items()) >= rules.least_items) {
            tested.push_back(&slice);
            p.push_back(slice.regression);
        }
    }
    report.slices_tested = tested.size();
    const std::vector<double> adjusted = holm(p);
    for (size_t i = 0; i < tested.size(); ++i) {
        tested[i]->regression_holm = adjusted[i];
        tested[i]->named = adjusted[i] <= rules.level;
    }
}

void list_changes(const GateInput& input, GateReport& report) {
    for (uint32_t item = 0; item < input.items.size(); ++item) {
        const PairedItem& pair = input.items[item];
        if (pair.base_right != pair.candidate_right) {
            (pair.candidate_right ? report.fixed : report.broken).push_back(item);
        }
    }
}

}  // namespace

GateReport judge(const GateInput& input, const GateRules& rules) {
    CS_CHECK(rules.level > 0 && rules.level < 0.5 && rules.margin > 0 && rules.earlier_looks >= 0);
    GateReport out;
    out.overall = count_pairs(input.items);
    out.overall_test = mcnemar(out.overall);
    out.edge_cases = count_pairs(input.items, input.edge_cases);
    out.edge_test = mcnemar(out.edge_cases);
    out.improvement_level = std::ldexp(rules.level, -rules.earlier_looks);
    list_changes(input, out);
    if (!input.items.empty()) {
        out.alone_from = needed_alone(out.overall, rules);
        judge_slices(input, rules, out);
        name_regressions(rules, out);
        for (const MetricPair& metric : input.metrics) {
            CS_CHECK(metric.base.size() == input.items.size());
            out.metrics.push_back(
                compare_metric(metric, {.seed = rules.seed, .repeats = rules.repeats, .level = rules.level}));
        }
    }
    out.findings = findings_of(out);
    out.verdict = GateVerdict::passed;
    for (const GateFinding& finding : out.findings) {
        if (out.verdict != GateVerdict::refused) {
            out.verdict = finding.verdict;
        }
    }
    return out;
}

}  // namespace countersign::gate
