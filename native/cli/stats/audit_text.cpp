#include "native/cli/stats/audit_text.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/stats/elementary.h"
#include "native/cli/console.h"
#include "native/cli/stats/figures.h"

namespace countersign::native {

namespace {

using audit::Estimator;

// No double that is shown as a number of its own has more digits.
constexpr double kMostShown = 700;

std::string count(int64_t number) {
    return grouped(static_cast<uint64_t>(number));
}

std::string_view name_of(Estimator estimator) {
    switch (estimator) {
        case Estimator::horvitz_thompson: return "horvitz_thompson";
        case Estimator::hajek: return "hajek";
        case Estimator::difference: return "difference";
        case Estimator::ppi_plus: return "ppi_plus";
    }
    CS_CHECK(false);
}

std::string title_of(const NamedEstimate& one) {
    switch (one.estimator) {
        case Estimator::horvitz_thompson: return "Horvitz-Thompson";
        case Estimator::hajek: return "Hajek";
        case Estimator::difference: return "difference";
        case Estimator::ppi_plus: return concat("PPI++, lambda ", fixed(one.estimate.lambda, 2));
    }
    CS_CHECK(false);
}

std::string range(const audit::Estimate& estimate) {
    return concat(percent(estimate.lower), " to ", percent(estimate.upper));
}

std::string rate_of(const AuditFigures& figures, const audit::Estimate& estimate) {
    return figures.audited == 0 ? "-" : percent(estimate.rate);
}

std::string interval_name(const AuditFigures& figures) {
    return figures.by == IntervalBy::strata ? concat("strata (", figures.strata.size(), "), smoothed")
                                            : std::string("betting");
}

std::string estimates_text(const AuditOutcome& outcome) {
    const AuditFigures& all = outcome.all;
    TextTable table;
    table.row({"share that is wrong", "estimate", concat(percent(1 - outcome.levels.delta, 0), " interval")});
    table.row({concat("* ", interval_name(all)), rate_of(all, all.shown), range(all.shown)});
    for (const NamedEstimate& one : all.estimates) {
        table.row({concat("  ", title_of(one)), rate_of(all, one.estimate), range(one.estimate)});
    }
    return concat(table.text(), "* the interval to show; the others are normal ones, too short near 0\n");
}

std::string strata_text(const AuditFigures& figures) {
    TextTable table;
    table.row({"stratum", "items", "audited", "wrong"});
    for (const NamedStratum& stratum : figures.strata) {
        table.row({concat("  ", stratum.name), count(stratum.counts.items), count(stratum.counts.audited),
                   count(stratum.counts.errors)});
    }
    return table.text();
}

std::string slices_text(const std::vector<AuditFigures>& slices) {
    TextTable table;
    table.row({"slice", "items", "audited", "wrong", "estimate", "interval"});
    for (const AuditFigures& slice : slices) {
        table.row({concat("  ", slice.scope), count(slice.items), count(slice.audited), count(slice.wrong),
                   rate_of(slice, slice.shown), range(slice.shown)});
    }
    return concat(table.text(), "each interval by itself\n");
}

std::string place_of(const AuditOutcome& outcome, const AuditPoint& point) {
    const table::ApprovedItem& item = outcome.named.approved[point.row];
    return concat("item '", outcome.named.items.names()[item.item], "' (line ", item.line, ", audit ", point.audits,
                  ')');
}

std::string evidence(double log_e) {
    return log_e > kMostShown ? concat("e^", fixed(log_e, 0)) : rounded_text(stats::exp(log_e), 3);
}

size_t approved_since(const AuditOutcome& outcome) {
    const auto& last_good = outcome.alarm->last_good;
    return outcome.named.approved.size() - (last_good ? last_good->row + 1 : 0);
}

std::string alarm_text(const AuditOutcome& outcome) {
    const AlarmOutcome& alarm = *outcome.alarm;
    const std::string claim = concat("\"at most ", to_decimal(alarm.limit), " is wrong\"");
    std::string out = alarm.alarmed ? concat("alarm: ", claim, " is refuted, at ", place_of(outcome, *alarm.alarmed))
                                    : concat("no alarm: ", claim, " is not refuted");
    out += concat("\nevidence against it: ", evidence(alarm.log_e), " now, at most ", evidence(alarm.log_e_highest),
                  "; an alarm from ", rounded_text(1 / alarm.alpha.as_double(), 6), " on, false with probability ",
                  to_decimal(alarm.alpha), " at most, whenever one looks\n");
    if (alarm.alarmed) {
        out += alarm.last_good ? concat("last good point: ", place_of(outcome, *alarm.last_good))
                               : std::string("last good point: none, it was so from the first item on");
        out += concat("; ", grouped(approved_since(outcome)), " items were approved since\n");
    }
    if (alarm.changed) {
        out += concat("warning: it became worse, seen at ", place_of(outcome, *alarm.changed),
                      "; such a warning is false once in 1,000 audits\n");
    }
    return out;
}

void write_estimate(JsonWriter& json, const AuditFigures& figures, const audit::Estimate& estimate) {
    json.name("rate");
    if (figures.audited == 0) {
        json.null();
    } else {
        json.decimal(number_text(estimate.rate));
    }
    member(json, "lower", estimate.lower);
    member(json, "upper", estimate.upper);
}

void write_figures(JsonWriter& json, const AuditFigures& figures, const AuditLevels& levels) {
    json.member("items", figures.items).member("audited", figures.audited).member("wrong", figures.wrong);
    json.name("interval").begin_object();
    json.member("by", figures.by == IntervalBy::strata ? "strata" : "betting");
    write_estimate(json, figures, figures.shown);
    if (figures.by == IntervalBy::betting) {
        json.member("seed", static_cast<int64_t>(levels.seed));
    }
    json.end_object().name("estimates").begin_array();
    for (const NamedEstimate& one : figures.estimates) {
        json.begin_object().member("estimator", name_of(one.estimator));
        write_estimate(json, figures, one.estimate);
        if (one.estimator == Estimator::ppi_plus) {
            member(json, "lambda", one.estimate.lambda);
        }
        json.end_object();
    }
    json.end_array().name("strata").begin_array();
    for (const NamedStratum& stratum : figures.strata) {
        json.begin_object().member("stratum", stratum.name).member("items", stratum.counts.items);
        json.member("audited", stratum.counts.audited).member("wrong", stratum.counts.errors).end_object();
    }
    json.end_array();
}

void write_point(JsonWriter& json, std::string_view name, const AuditOutcome& outcome,
                 const std::optional<AuditPoint>& point) {
    json.name(name);
    if (!point) {
        json.null();
        return;
    }
    const table::ApprovedItem& item = outcome.named.approved[point->row];
    json.begin_object().member("item", outcome.named.items.names()[item.item]);
    json.member("line", static_cast<int64_t>(item.line)).member("audits", point->audits).end_object();
}

void write_alarm(JsonWriter& json, const AuditOutcome& outcome) {
    const AlarmOutcome& alarm = *outcome.alarm;
    json.name("alarm").begin_object().member_bool("alarmed", alarm.alarmed.has_value());
    json.name("limit").decimal(to_decimal(alarm.limit)).name("alpha").decimal(to_decimal(alarm.alpha));
    json.member("method", alarm.method == AlarmMethod::beta_mixture ? "beta_mixture" : "weighted");
    member(json, "log_e", alarm.log_e);
    member(json, "log_e_highest", alarm.log_e_highest);
    write_point(json, "at", outcome, alarm.alarmed);
    if (alarm.alarmed) {
        write_point(json, "last_good", outcome, alarm.last_good);
        json.member("approved_since", static_cast<int64_t>(approved_since(outcome)));
    }
    if (alarm.method == AlarmMethod::beta_mixture) {
        write_point(json, "change_warned", outcome, alarm.changed);
    }
    json.end_object();
}

}  // namespace

std::string audit_text(const AuditOutcome& outcome) {
    const AuditFigures& all = outcome.all;
    std::string out = concat(count(all.items), " items approved without a person, ", count(all.audited),
                             " of them audited, ", count(all.wrong), " of these wrong\n\n", estimates_text(outcome));
    if (all.strata.size() > 1) {
        out += concat('\n', strata_text(all));
    }
    if (!outcome.slices.empty()) {
        out += concat('\n', slices_text(outcome.slices));
    }
    return outcome.alarm ? concat(out, '\n', alarm_text(outcome)) : out;
}

std::string audit_json(const AuditOutcome& outcome) {
    JsonWriter json;
    json.begin_object();
    write_figures(json, outcome.all, outcome.levels);
    member(json, "delta", outcome.levels.delta);
    if (!outcome.slices.empty()) {
        json.name("slices").begin_array();
        for (const AuditFigures& slice : outcome.slices) {
            json.begin_object().member("slice", slice.scope);
            write_figures(json, slice, outcome.levels);
            json.end_object();
        }
        json.end_array();
    }
    if (outcome.alarm) {
        write_alarm(json, outcome);
    }
    return std::move(json.end_object()).take() + '\n';
}

}  // namespace countersign::native
