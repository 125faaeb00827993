#include "native/cli/stats/agreement_text.h"

#include <limits>

#include "core/base/concat.h"
#include "native/cli/console.h"
#include "native/cli/stats/figures.h"

namespace countersign::native {

namespace {

using agreement::AgreementReport;
using agreement::Alpha;
using agreement::AlphaLine;
using agreement::AlphaSpread;
using agreement::Coefficient;
using agreement::CoefficientLine;
using agreement::Interval;
using agreement::Undefined;

std::string interval_text(const Interval& interval) {
    return concat(fixed(interval.low), " to ", fixed(interval.high));
}

std::string_view words_for(agreement::Coefficients which) {
    switch (which) {
        case agreement::Coefficients::percent: return "share of agreement";
        case agreement::Coefficients::cohen_kappa: return "Cohen's kappa";
        case agreement::Coefficients::conger_kappa: return "Conger's kappa";
        case agreement::Coefficients::fleiss_kappa: return "Fleiss' kappa";
        case agreement::Coefficients::brennan_prediger: return "Brennan and Prediger";
        case agreement::Coefficients::gwet_ac: return "Gwet's AC1";
    }
    return "";
}

std::string line_name(const CoefficientLine& line) {
    if (line.weights == agreement::WeightsUsed::identity) {
        return std::string(words_for(line.which));
    }
    const bool gwet = line.which == agreement::Coefficients::gwet_ac;
    return concat(gwet ? "Gwet's AC2" : words_for(line.which), ", ", name_of(line.weights), " weights");
}

void coefficient_rows(TextTable& table, const AgreementReport& report) {
    for (const CoefficientLine& line : report.coefficients) {
        if (const auto* reason = std::get_if<Undefined>(&line.outcome)) {
            table.row({line_name(line), "undefined", std::string(explain(*reason))});
            continue;
        }
        const Coefficient& coefficient = std::get<Coefficient>(line.outcome);
        table.row({line_name(line), fixed(coefficient.value),
                   coefficient.spread ? interval_text(coefficient.spread->interval) : "one item only"});
    }
}

std::string below_text(const AlphaSpread& spread) {
    std::string out;
    for (const agreement::Below& below : spread.below) {
        out += concat(out.empty() ? "" : ", ", "P(below ", fixed(below.limit), ") ", fixed(below.probability));
    }
    return out;
}

void alpha_rows(TextTable& table, const AgreementReport& report) {
    for (const AlphaLine& line : report.alphas) {
        const std::string name = concat("Krippendorff's alpha, ", name_of(line.distance));
        if (const auto* reason = std::get_if<Undefined>(&line.alpha)) {
            table.row({name, "undefined", std::string(explain(*reason))});
            continue;
        }
        const auto* spread = std::get_if<AlphaSpread>(&line.spread);
        table.row({name, fixed(std::get<Alpha>(line.alpha).value),
                   spread == nullptr ? "no interval" : interval_text(spread->bca.value_or(spread->percentile)),
                   spread == nullptr ? "" : below_text(*spread)});
    }
}

std::string counts_text(const AgreementReport& report) {
    std::string out = concat(grouped(report.items), " items, ", grouped(report.pairable_items),
                             " of them with answers of two reviewers or more; ", grouped(report.reviewers),
                             " reviewers; ", grouped(report.answers), " answers\n");
    if (report.repeats > 0) {
        out += concat(grouped(report.repeats),
                      " earlier answers of a reviewer on the same item are not counted: the last one is\n");
    }
    return out;
}

void interval_member(JsonWriter& json, const Interval& interval) {
    json.begin_object();
    member(json, "low", interval.low);
    member(json, "high", interval.high);
    json.end_object();
}

void write_coefficient(JsonWriter& json, const CoefficientLine& line) {
    json.begin_object().member("name", name_of(line.which)).member("weights", name_of(line.weights));
    if (const auto* reason = std::get_if<Undefined>(&line.outcome)) {
        json.name("value").null().member("undefined", explain(*reason)).end_object();
        return;
    }
    const Coefficient& coefficient = std::get<Coefficient>(line.outcome);
    member(json, "value", coefficient.value);
    member(json, "observed", coefficient.observed);
    member(json, "expected", coefficient.expected);
    if (coefficient.spread) {
        member(json, "standard_error", coefficient.spread->standard_error);
        interval_member(json.name("interval"), coefficient.spread->interval);
    }
    json.end_object();
}

void write_spread(JsonWriter& json, const AlphaSpread& spread) {
    json.name("bootstrap").begin_object().member("seed", static_cast<int64_t>(spread.seed));
    json.member("resamples", int64_t{spread.resamples}).member("left_out", int64_t{spread.left_out});
    member(json, "standard_error", spread.standard_error);
    interval_member(json.name("percentile"), spread.percentile);
    if (spread.bca) {
        interval_member(json.name("bca"), *spread.bca);
    }
    json.name("below").begin_array();
    for (const agreement::Below& below : spread.below) {
        json.begin_object();
        member(json, "limit", below.limit);
        member(json, "probability", below.probability);
        json.end_object();
    }
    json.end_array().end_object();
}

void write_alpha(JsonWriter& json, const AlphaLine& line) {
    json.begin_object().member("distance", name_of(line.distance));
    if (const auto* reason = std::get_if<Undefined>(&line.alpha)) {
        json.name("value").null().member("undefined", explain(*reason)).end_object();
        return;
    }
    const Alpha& alpha = std::get<Alpha>(line.alpha);
    member(json, "value", alpha.value);
    member(json, "observed", alpha.observed);
    member(json, "expected", alpha.expected);
    if (const auto* spread = std::get_if<AlphaSpread>(&line.spread)) {
        write_spread(json, *spread);
    }
    json.end_object();
}

}  // namespace

std::string agreement_text(const AgreementReport& report, const table::NamedAnswers& named) {
    TextTable table;
    table.row({"", "value", "interval"});
    coefficient_rows(table, report);
    alpha_rows(table, report);
    std::string out = concat(counts_text(report), '\n', table.text());
    TextTable labels;
    for (size_t label = 0; label < report.by_label.size(); ++label) {
        const auto* alpha = std::get_if<Alpha>(&report.by_label[label]);
        labels.row({concat("  ", named.labels[label]),
                    alpha == nullptr ? concat("undefined: ", explain(std::get<Undefined>(report.by_label[label])))
                                     : fixed(alpha->value)});
    }
    out += concat("\nalpha of each label against all others\n", labels.text());
    if (!report.confused.empty()) {
        out += "\nmost often confused\n";
    }
    for (const agreement::ConfusedPair& pair : report.confused) {
        out += concat("  '", named.labels[pair.first], "' and '", named.labels[pair.second],
                      "': ", grouped(pair.answer_pairs), " pairs of answers on ", grouped(pair.items),
                      " items, such as '", named.items.names()[pair.example_item], "'\n");
    }
    return out;
}

std::string agreement_json(const AgreementReport& report, const table::NamedAnswers& named) {
    JsonWriter json;
    const auto count = [&json](std::string_view name, size_t value) { json.member(name, static_cast<int64_t>(value)); };
    json.begin_object();
    count("items", report.items);
    count("pairable_items", report.pairable_items);
    count("reviewers", report.reviewers);
    count("answers", report.answers);
    count("repeats", report.repeats);
    json.name("coefficients").begin_array();
    for (const CoefficientLine& line : report.coefficients) {
        write_coefficient(json, line);
    }
    json.end_array().name("alpha").begin_array();
    for (const AlphaLine& line : report.alphas) {
        write_alpha(json, line);
    }
    json.end_array().name("alpha_by_label").begin_array();
    for (size_t label = 0; label < report.by_label.size(); ++label) {
        json.begin_object().member("label", named.labels[label]);
        const auto* alpha = std::get_if<Alpha>(&report.by_label[label]);
        member(json, "value", alpha == nullptr ? std::numeric_limits<double>::quiet_NaN() : alpha->value);
        json.end_object();
    }
    json.end_array().name("confused").begin_array();
    for (const agreement::ConfusedPair& pair : report.confused) {
        json.begin_object().name("labels").begin_array().text(named.labels[pair.first]);
        json.text(named.labels[pair.second]).end_array();
        count("answer_pairs", pair.answer_pairs);
        count("items", pair.items);
        json.member("example", named.items.names()[pair.example_item]).end_object();
    }
    return std::move(json.end_array().end_object()).take() + '\n';
}

}  // namespace countersign::native
