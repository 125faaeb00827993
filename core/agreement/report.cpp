#include "core/agreement/report.h"

#include <algorithm>
#include <utility>

#include "core/agreement/chance_corrected.h"
#include "core/agreement/cohen.h"
#include "core/base/check.h"

namespace countersign::agreement {

namespace {

// Reviewers with an answer, ascending.
std::vector<uint32_t> who_answered(const Ratings& ratings) {
    std::vector<bool> seen(ratings.reviewers(), false);
    for (const stats::Answer& answer : ratings.answers().all()) {
        seen[answer.reviewer] = true;
    }
    std::vector<uint32_t> out;
    for (size_t reviewer = 0; reviewer < seen.size(); ++reviewer) {
        if (seen[reviewer]) {
            out.push_back(static_cast<uint32_t>(reviewer));
        }
    }
    return out;
}

void add_coefficients(AgreementReport& report, const Ratings& ratings, std::span<const uint32_t> reviewers,
                      WeightsUsed used, const Weights& weights, double confidence) {
    const auto add = [&](Coefficients which, const Outcome& outcome) {
        report.coefficients.push_back({which, used, outcome});
    };
    add(Coefficients::percent, percent_agreement(ratings, weights, confidence));
    if (reviewers.size() == 2) {
        const Contingency table = contingency(ratings, reviewers[0], reviewers[1]);
        add(Coefficients::cohen_kappa, cohen_kappa(table, weights, confidence));
    }
    add(Coefficients::conger_kappa, conger_kappa(ratings, weights, confidence));
    add(Coefficients::fleiss_kappa, fleiss_kappa(ratings, weights, confidence));
    add(Coefficients::brennan_prediger, brennan_prediger(ratings, weights, confidence));
    add(Coefficients::gwet_ac, gwet_ac(ratings, weights, confidence));
}

Distance distance_of(Scale scale, std::span<const double> values) {
    switch (scale) {
        case Scale::nominal: return Distance::nominal(values.size());
        case Scale::ordinal: return Distance::ordinal(values);
        case Scale::interval: return Distance::interval(values);
        case Scale::ratio: return Distance::ratio(values);
    }
    CS_CHECK(false);
}

std::vector<AlphaLine> alpha_lines(const Patterns& patterns, Scale most, std::span<const double> values,
                                   const BootstrapOptions& bootstrap) {
    std::vector<AlphaLine> out;
    std::vector<Distance> distances;
    for (const Scale scale : {Scale::nominal, Scale::ordinal, Scale::interval, Scale::ratio}) {
        if (scale > most) {
            break;
        }
        if (scale == Scale::ratio && std::ranges::min(values) < 0) {
            out.push_back({scale, Undefined::negative_value, Undefined::negative_value});
            continue;
        }
        distances.push_back(distance_of(scale, values));
        out.push_back({scale, krippendorff_alpha(patterns, distances.back()), Undefined::no_pairable_unit});
    }
    std::vector<SpreadOutcome> spreads = bootstrap_alphas(patterns, distances, bootstrap);
    for (size_t i = 0; i < spreads.size(); ++i) {
        out[i].spread = std::move(spreads[i]);
    }
    return out;
}

}  // namespace

std::string_view name_of(Scale scale) {
    switch (scale) {
        case Scale::nominal: return "nominal";
        case Scale::ordinal: return "ordinal";
        case Scale::interval: return "interval";
        case Scale::ratio: return "ratio";
    }
    CS_CHECK(false);
}

std::string_view name_of(Coefficients which) {
    switch (which) {
        case Coefficients::percent: return "percent";
        case Coefficients::cohen_kappa: return "cohen_kappa";
        case Coefficients::conger_kappa: return "conger_kappa";
        case Coefficients::fleiss_kappa: return "fleiss_kappa";
        case Coefficients::brennan_prediger: return "brennan_prediger";
        case Coefficients::gwet_ac: return "gwet_ac";
    }
    CS_CHECK(false);
}

std::string_view name_of(WeightsUsed weights) {
    switch (weights) {
        case WeightsUsed::identity: return "identity";
        case WeightsUsed::ordinal: return "ordinal";
        case WeightsUsed::quadratic: return "quadratic";
    }
    CS_CHECK(false);
}

AgreementReport agreement_report(const stats::AnswerTable& table, const ReportOptions& options) {
    CS_CHECK(table.labels() > 0 && (options.values.empty() || options.values.size() == table.labels()));
    const std::vector<double> values = options.values.empty() ? label_indices(table.labels()) : options.values;
    const double confidence = options.bootstrap.confidence;
    const Ratings ratings(table);
    const Patterns patterns(ratings);
    const std::vector<uint32_t> reviewers = who_answered(ratings);

    AgreementReport out;
    out.items = ratings.units();
    out.pairable_items = patterns.of_units().size();
    out.reviewers = reviewers.size();
    out.answers = ratings.answers().all().size();
    out.repeats = table.all().size() - out.answers;
    add_coefficients(out, ratings, reviewers, WeightsUsed::identity, Weights::identity(table.labels()), confidence);
    if (options.scale == Scale::ordinal) {
        add_coefficients(out, ratings, reviewers, WeightsUsed::ordinal, Weights::ordinal(values), confidence);
    } else if (options.scale != Scale::nominal) {
        add_coefficients(out, ratings, reviewers, WeightsUsed::quadratic, Weights::quadratic(values), confidence);
    }
    out.alphas = alpha_lines(patterns, options.scale, values, options.bootstrap);
    out.by_label = alpha_by_label(patterns);
    out.confused = confused_pairs(ratings, options.confused_pairs);
    return out;
}

}  // namespace countersign::agreement
