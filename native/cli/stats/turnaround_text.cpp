#include "native/cli/stats/turnaround_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/concat.h"
#include "native/cli/console.h"
#include "native/cli/stats/figures.h"

namespace countersign::native {

namespace {

using survival::Curve;
using survival::Quantile;

constexpr size_t kReviewersShown = 20;
constexpr int kRows = 10;
constexpr double kBar = 40;  // characters for all

// "42.0 s", "9.7 min", "3.2 h": hours at most, because days of working time read as others than they are.
std::string lasting(double seconds) {
    if (!std::isfinite(seconds)) {
        return "-";
    }
    return seconds < 120    ? concat(fixed(seconds, 1), " s")
           : seconds < 7200 ? concat(fixed(seconds / 60, 1), " min")
                            : concat(fixed(seconds / 3600, 1), " h");
}

std::string lasting(const std::optional<double>& seconds) {
    return lasting(seconds.value_or(std::numeric_limits<double>::quiet_NaN()));
}

std::string interval_text(const Quantile& quantile) {
    return concat(lasting(quantile.low), " to ", lasting(quantile.high));
}

std::string figure_text(const Quantile& quantile) {
    return quantile.time ? concat(lasting(quantile.time), " (", interval_text(quantile), ")")
                         : concat("not reached (", interval_text(quantile), ")");
}

// The share that is open after times that are evenly apart, to where nine tenths are finished.
std::string curve_text(const Curve& curve) {
    const double end = survival::quantile(curve, 0.9).time.value_or(curve.longest);
    TextTable table;
    table.row({"  after", "not finished", ""});
    for (int row = 0; row <= kRows; ++row) {
        const double time = end * row / kRows;
        const double open = survival_at(curve, time);
        const std::string bar(static_cast<size_t>(std::lround(open * kBar)), '#');
        table.row({concat("  ", lasting(time)), percent(open, 0),
                   bar + std::string(static_cast<size_t>(kBar) - bar.size(), ' ')});
    }
    return table.text();
}

// Those with the most reviews first.
std::vector<size_t> by_reviews(const std::vector<Curve>& reviewers) {
    std::vector<size_t> order(reviewers.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::ranges::stable_sort(order, std::greater(), [&reviewers](size_t i) { return reviewers[i].observations; });
    return order;
}

std::string reviewers_text(const TurnaroundOutcome& outcome) {
    TextTable table;
    table.row({"  reviewer", "reviews", "open", "median", "95 % interval", "90 % within", "times as long"});
    const std::vector<size_t> order = by_reviews(outcome.reviewers);
    for (size_t i = 0; i < std::min(order.size(), kReviewersShown); ++i) {
        const Curve& curve = outcome.reviewers[order[i]];
        const Quantile median = survival::quantile(curve, 0.5);
        table.row({concat("  ", outcome.named.reviewers.names()[order[i]]), grouped(curve.observations),
                   grouped(curve.observations - curve.finished), lasting(median.time), interval_text(median),
                   lasting(survival::quantile(curve, 0.9).time), fixed(outcome.history.factors[order[i]], 2)});
    }
    const size_t rest = order.size() - std::min(order.size(), kReviewersShown);
    return concat(table.text(), rest == 0 ? "" : concat("  and ", grouped(rest), " more (--json has all)\n"));
}

void write_quantile(JsonWriter& json, std::string_view name, const Quantile& quantile) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    json.name(name).begin_object();
    member(json, "seconds", quantile.time.value_or(kNone));
    member(json, "low", quantile.low.value_or(kNone));
    member(json, "high", quantile.high.value_or(kNone));
    json.end_object();
}

void write_counts(JsonWriter& json, const Curve& curve) {
    json.member("reviews", static_cast<int64_t>(curve.observations));
    json.member("unfinished", static_cast<int64_t>(curve.observations - curve.finished));
    write_quantile(json, "median", survival::quantile(curve, 0.5));
    write_quantile(json, "p90", survival::quantile(curve, 0.9));
}

void write_steps(JsonWriter& json, const Curve& curve) {
    json.name("curve").begin_array();
    for (const survival::Step& step : curve.steps) {
        json.begin_object();
        member(json, "seconds", step.time);
        json.member("at_risk", static_cast<int64_t>(step.at_risk));
        json.member("finished", static_cast<int64_t>(step.finished));
        member(json, "open", step.survival);
        member(json, "low", step.log_log.low);
        member(json, "high", step.log_log.high);
        json.end_object();
    }
    json.end_array();
}

}  // namespace

std::string turnaround_text(const TurnaroundOutcome& outcome) {
    const Curve& all = outcome.all;
    std::string out = concat(grouped(all.observations), " reviews of ", grouped(outcome.named.items.names().size()),
                             " items by ", grouped(outcome.named.reviewers.names().size()), " reviewers, ",
                             grouped(all.observations - all.finished), " not finished\n");
    if (outcome.left_out > 0) {
        out += concat(grouped(outcome.left_out), " that began later are left out\n");
    }
    const survival::RestrictedMean mean = restricted_mean(all, all.longest);
    out += concat("median ", figure_text(survival::quantile(all, 0.5)), ", 90 % within ",
                  figure_text(survival::quantile(all, 0.9)), outcome.working_time ? ", of working time\n" : "\n");
    out += concat("mean ", lasting(mean.mean), ", standard error ", lasting(mean.standard_error), ", of times up to ",
                  lasting(mean.horizon), "\n\n");
    return concat(out, curve_text(all), '\n', reviewers_text(outcome));
}

std::string turnaround_json(const TurnaroundOutcome& outcome) {
    JsonWriter json;
    json.begin_object().member("items", static_cast<int64_t>(outcome.named.items.names().size()));
    json.member_bool("working_time", outcome.working_time);
    json.member("left_out", static_cast<int64_t>(outcome.left_out));
    write_counts(json, outcome.all);
    const survival::RestrictedMean mean = restricted_mean(outcome.all, outcome.all.longest);
    json.name("mean").begin_object();
    member(json, "seconds", mean.mean);
    member(json, "standard_error", mean.standard_error);
    member(json, "horizon", mean.horizon);
    json.end_object();
    write_steps(json, outcome.all);
    json.name("reviewers").begin_array();
    for (size_t reviewer = 0; reviewer < outcome.reviewers.size(); ++reviewer) {
        json.begin_object().member("reviewer", outcome.named.reviewers.names()[reviewer]);
        write_counts(json, outcome.reviewers[reviewer]);
        member(json, "times_as_long", outcome.history.factors[reviewer]);
        json.end_object();
    }
    return std::move(json.end_array().end_object()).take() + '\n';
}

}  // namespace countersign::native
