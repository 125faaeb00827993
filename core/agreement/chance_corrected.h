#pragma once
// Agreement of any number of reviewers with missing answers, corrected for chance: Fleiss, Conger, Brennan and
// Prediger, Gwet's AC1 (identity weights) and AC2 (other weights), and alpha in the same form.
//
// All are (observed - expected)/(1 - expected). Observed agreement is the mean, over units with two or more answers, of
// the weighted share of agreeing pairs; the forms differ in what they expect. Standard errors are linearised over units
// (the reviewers are taken as they are), intervals by t with units - 1 degrees of freedom, their upper limit clipped at
// 1. Formulas: Gwet, Handbook of Inter-Rater Reliability, 2014; Gwet 2008; values as the package irrCAC gives them
// (tests/cases/agreement/textbook.json).
//
// `labels` of the ratings, so of the schema, count also when nobody used them: Brennan and Prediger and AC1 depend on
// it. Cost: O(answers + sum of squared distinct labels of a unit + labels^2); Conger's in addition the squared distinct
// labels of each reviewer. `confidence` lies within 0 and 1.

#include "core/agreement/outcome.h"
#include "core/agreement/ratings.h"
#include "core/agreement/weights.h"

namespace countersign::agreement {

// The (weighted) share of agreeing pairs, without correction for chance; `expected` is 0.
Outcome percent_agreement(const Ratings& ratings, const Weights& weights, double confidence = 0.95);

// Expected from the mean share of each label (Fleiss 1971, with any number of answers a unit).
Outcome fleiss_kappa(const Ratings& ratings, const Weights& weights, double confidence = 0.95);
// Expected from each reviewer's own shares (Conger 1980): Cohen's kappa for two reviewers who answered everything.
Outcome conger_kappa(const Ratings& ratings, const Weights& weights, double confidence = 0.95);
// Expected from labels drawn with the same probability (Brennan and Prediger 1981).
Outcome brennan_prediger(const Ratings& ratings, const Weights& weights, double confidence = 0.95);
// Expected from answers that are guessed now and then (Gwet 2008).
Outcome gwet_ac(const Ratings& ratings, const Weights& weights, double confidence = 0.95);
// Krippendorff's alpha written with weights, units with one answer left out. For identity and quadratic weights its
// value is that of core/agreement/alpha.h for the nominal and the interval distance; its interval is analytic.
Outcome weighted_alpha(const Ratings& ratings, const Weights& weights, double confidence = 0.95);

}  // namespace countersign::agreement
