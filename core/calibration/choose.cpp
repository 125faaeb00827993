#include "core/calibration/choose.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/calibration/fit.h"
#include "core/stats/random.h"

namespace countersign::calibration {

namespace {

using Outcomes = std::vector<Outcome>;
using ClassOutcomes = std::vector<ClassOutcome>;
using Fit = Calibrator (*)(const Outcomes&, const ClassOutcomes&);

// From simple to free.
std::vector<Fit> fits_for(bool few, bool with_classes) {
    const Fit none = [](const Outcomes&, const ClassOutcomes&) { return Calibrator(Identity{}); };
    const Fit temperature = [](const Outcomes& all, const ClassOutcomes&) { return Calibrator(fit_temperature(all)); };
    const Fit over_classes = [](const Outcomes&, const ClassOutcomes& all) { return Calibrator(fit_temperature(all)); };
    const Fit platt = [](const Outcomes& all, const ClassOutcomes&) { return Calibrator(fit_platt(all)); };
    const Fit beta = [](const Outcomes& all, const ClassOutcomes&) { return Calibrator(fit_beta(all)); };
    const Fit histogram = [](const Outcomes& all, const ClassOutcomes&) { return Calibrator(fit_histogram(all)); };
    const Fit isotonic = [](const Outcomes& all, const ClassOutcomes&) { return Calibrator(fit_isotonic(all)); };
    if (few) {
        return {none, with_classes ? over_classes : temperature};
    }
    std::vector<Fit> out{none, temperature};
    if (with_classes) {
        out.push_back(over_classes);
    }
    out.insert(out.end(), {platt, beta, histogram, isotonic});
    return out;
}

struct Reviews {
    Outcomes outcomes;
    ClassOutcomes classes;  // empty, or as many
    std::vector<size_t> folds;

    Forecast forecast(size_t i) const {
        return classes.empty() ? Forecast{.confidence = outcomes[i].confidence, .probabilities = {}, .predicted = 0}
                               : classes[i].forecast;
    }

    // All but those in the fold.
    Reviews without(size_t fold) const {
        Reviews out;
        for (size_t i = 0; i < outcomes.size(); ++i) {
            if (folds[i] != fold) {
                out.outcomes.push_back(outcomes[i]);
                if (!classes.empty()) {
                    out.classes.push_back(classes[i]);
                }
            }
        }
        return out;
    }
};

std::vector<size_t> draw_folds(size_t items, size_t folds, uint64_t seed) {
    std::vector<size_t> order(items);
    std::iota(order.begin(), order.end(), size_t{0});
    stats::Random random(seed);
    random.shuffle(order);
    std::vector<size_t> out(items);
    for (size_t i = 0; i < items; ++i) {
        out[order[i]] = i % folds;
    }
    return out;
}

// What each review's confidence becomes by a map that has not seen the review.
std::vector<Outcomes> held_out(const Reviews& reviews, const std::vector<Fit>& fits, size_t folds) {
    std::vector<Outcomes> out(fits.size(), reviews.outcomes);
    for (size_t fold = 0; fold < folds; ++fold) {
        const Reviews others = reviews.without(fold);
        for (size_t method = 0; method < fits.size(); ++method) {
            const Calibrator by = fits[method](others.outcomes, others.classes);
            for (size_t i = 0; i < reviews.outcomes.size(); ++i) {
                if (reviews.folds[i] == fold) {
                    out[method][i].confidence = std::clamp(calibrate(by, reviews.forecast(i)), 0.0, 1.0);
                }
            }
        }
    }
    return out;
}

struct Difference {
    double mean = 0;
    double error = 0;
};

// How much lower the log-loss of `b` is than that of `a`, item by item.
Difference gain_of(const Outcomes& b, const Outcomes& a) {
    double sum = 0;
    double weight = 0;
    std::vector<double> gains;
    gains.reserve(a.size());
    for (size_t i = 0; i < a.size(); ++i) {
        gains.push_back(log_loss(a[i].confidence, a[i].right) - log_loss(b[i].confidence, b[i].right));
        sum += a[i].weight * gains[i];
        weight += a[i].weight;
    }
    Difference out{.mean = sum / weight, .error = 0};
    double squares = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        const double off = a[i].weight * (gains[i] - out.mean);
        squares += off * off;
    }
    const auto n = static_cast<double>(a.size());
    out.error = std::sqrt(squares * n / (n - 1)) / weight;
    return out;
}

// The simplest map whose log-loss is within one standard error of the least; no map is not among them.
size_t simplest_good(const std::vector<Candidate>& candidates, const std::vector<Outcomes>& held_out) {
    size_t least = 1;
    for (size_t i = 2; i < candidates.size(); ++i) {
        least = candidates[i].log_loss < candidates[least].log_loss ? i : least;
    }
    for (size_t i = 1; i < least; ++i) {
        const Difference better = gain_of(held_out[least], held_out[i]);
        if (better.mean <= better.error) {
            return i;
        }
    }
    return least;
}

}  // namespace

Choice choose_calibrator(std::span<const Outcome> outcomes, std::span<const ClassOutcome> classes,
                         const ChoiceOptions& options) {
    CS_CHECK(options.folds >= 2 && (classes.empty() || classes.size() == outcomes.size()));
    Choice out{.calibrator = Identity{}, .options = options, .reviews = outcomes.size(), .candidates = {}};
    if (const auto all = measure(outcomes)) {
        out.effective_reviews = all->effective_items;
    }
    out.few = out.effective_reviews < options.few;
    if (outcomes.size() < 2) {
        return out;
    }
    const size_t folds = std::min(options.folds, outcomes.size());
    const Reviews reviews{.outcomes = {outcomes.begin(), outcomes.end()},
                          .classes = {classes.begin(), classes.end()},
                          .folds = draw_folds(outcomes.size(), folds, options.seed)};
    const std::vector<Fit> fits = fits_for(out.few, !classes.empty());
    const std::vector<Outcomes> mapped = held_out(reviews, fits, folds);
    for (size_t i = 0; i < fits.size(); ++i) {
        const Difference gain = gain_of(mapped[i], mapped[0]);
        const Measures measures = *measure(mapped[i]);
        out.candidates.push_back({.calibrator = fits[i](reviews.outcomes, reviews.classes),
                                  .log_loss = measures.log_loss,
                                  .gain = gain.mean,
                                  .gain_error = gain.error,
                                  .measures = measures});
    }
    out.best = simplest_good(out.candidates, mapped);
    const Candidate& winner = out.winner();
    const bool better = winner.gain > 0 && winner.gain > options.clearly * winner.gain_error;
    out.reason = better ? ChoiceReason::clearly_better : ChoiceReason::not_clearly_better;
    if (better) {
        out.calibrator = winner.calibrator;
    }
    return out;
}

std::string explain(const Choice& choice) {
    if (choice.reason == ChoiceReason::too_few_reviews) {
        return concat("Confidences stay as stated: ", choice.reviews, " reviews are too few to judge a map by.");
    }
    const Candidate& winner = choice.winner();
    const std::string figures =
        concat("cross-validated log-loss ", fixed_text(winner.log_loss, 4), " against ",
               fixed_text(choice.as_stated().log_loss, 4), " as stated, a gain of ", fixed_text(winner.gain, 4),
               " with standard error ", fixed_text(winner.gain_error, 4), " over ", choice.reviews, " reviews");
    const std::string few = choice.few ? " So few reviews allow a temperature only." : "";
    if (choice.reason == ChoiceReason::not_clearly_better) {
        return concat("Confidences stay as stated: ", method_name(winner.calibrator), " is not clearly better (",
                      figures, ").", few);
    }
    return concat("Mapped by ", method_name(winner.calibrator), ": ", figures, ".", few);
}

}  // namespace countersign::calibration
