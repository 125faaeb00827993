#pragma once
// The two learners that cross-validation may choose from. Both give linear weights; both are deterministic.

#include "demo/classifier/linear_model.h"

namespace countersign::demo {

// Multinomial logistic regression: the minimum of the mean log loss plus l2/2 times the sum of the squared weights
// (the bias too). Convex, so the answer does not depend on where the search starts.
LinearWeights fit_logistic(const Problem& problem, double l2);

// Complement naive Bayes on TF-IDF vectors, without a prior. Source: Rennie, Shih, Teevan and Karger 2003, "Tackling
// the Poor Assumptions of Naive Bayes Text Classifiers", table 4, without the last normalisation. `smoothing` above 0.
LinearWeights fit_complement_bayes(const Problem& problem, double smoothing);

}  // namespace countersign::demo
