#include "core/gate/findings.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/concat.h"
#include "core/base/number_text.h"

namespace countersign::gate {

namespace {

using About = GateFinding::About;

std::string changes(const PairedCounts& counts) {
    return concat(counts.fixed, " fixed, ", counts.broken, " broken of ", counts.items());
}

std::optional<GateFinding> about_improvement(const GateReport& report) {
    const PairedCounts& counts = report.edge_cases;
    if (counts.discordant() > 0 && report.edge_test.improvement <= report.improvement_level) {
        return std::nullopt;
    }
    // Even if all that changed were fixed, chance would explain it.
    const bool too_few =
        std::ldexp(1, -static_cast<int>(std::min<int64_t>(counts.discordant(), 1000))) > report.improvement_level;
    const std::string figures =
        concat("edge cases: ", changes(counts), ", p = ", rounded_text(report.edge_test.improvement, 2), " against ",
               rounded_text(report.improvement_level, 2));
    return GateFinding{.about = About::improvement,
                       .verdict = too_few ? GateVerdict::cannot_tell : GateVerdict::refused,
                       .name = {},
                       .sentence = too_few ? concat("Too few edge cases changed to tell (", figures, ").")
                                           : concat("No improvement is shown (", figures, ").")};
}

std::string range(const stats::Interval& interval, double margin) {
    return concat("accuracy changes by ", fixed_text(interval.low, 4), " to ", fixed_text(interval.high, 4),
                  ", allowed is -", fixed_text(margin, 4));
}

std::optional<GateFinding> about_slice(const SliceReport& slice, About about, bool counts_alone) {
    if (slice.named) {
        return GateFinding{.about = about,
                           .verdict = GateVerdict::refused,
                           .name = slice.name,
                           .sentence = concat(slice.name, " gets worse: ", changes(slice.counts),
                                              ", adjusted p = ", rounded_text(slice.regression_holm, 2), ".")};
    }
    if (slice.standing == Standing::worse) {
        return GateFinding{.about = about,
                           .verdict = GateVerdict::refused,
                           .name = slice.name,
                           .sentence = concat(slice.name, " is worse by more than its margin: ", changes(slice.counts),
                                              "; ", range(slice.interval, slice.margin), ".")};
    }
    if (slice.standing == Standing::cannot_tell && counts_alone) {
        return GateFinding{.about = about,
                           .verdict = GateVerdict::cannot_tell,
                           .name = slice.name,
                           .sentence = concat(slice.name, " may be worse by more than its margin: ",
                                              changes(slice.counts), "; ", range(slice.interval, slice.margin), ".")};
    }
    return std::nullopt;
}

std::optional<GateFinding> about_metric(const MetricDifference& metric) {
    if (metric.interval.high <= metric.margin) {
        return std::nullopt;
    }
    const bool surely = metric.interval.low > metric.margin;
    return GateFinding{
        .about = About::metric,
        .verdict = surely ? GateVerdict::refused : GateVerdict::cannot_tell,
        .name = metric.name,
        .sentence = concat(metric.name, surely ? " gets worse" : " may get worse",
                           " by more than its margin: ", fixed_text(metric.interval.low, 4), " to ",
                           fixed_text(metric.interval.high, 4), ", allowed is ", fixed_text(metric.margin, 4), ".")};
}

}  // namespace

std::vector<GateFinding> findings_of(const GateReport& report) {
    std::vector<GateFinding> out;
    const auto add = [&out](std::optional<GateFinding> finding) {
        if (finding) {
            out.push_back(std::move(*finding));
        }
    };
    add(about_improvement(report));
    for (const SliceReport& slice : report.slices) {
        add(about_slice(slice, About::slice, slice.alone));
    }
    if (report.small_slices) {
        add(about_slice(*report.small_slices, About::small_slices, true));
    }
    for (const MetricDifference& metric : report.metrics) {
        add(about_metric(metric));
    }
    return out;
}

}  // namespace countersign::gate
