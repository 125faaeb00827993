#pragma once
// A trained model: what it needs to predict, and the record of how it came about.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "demo/classifier/candidate.h"
#include "demo/classifier/example.h"
#include "demo/classifier/vocabulary.h"

namespace countersign::demo {

struct Model {
    std::string name;  // with its version: "city-topics-1"
    std::vector<std::string> labels;
    Candidate candidate;
    int64_t temperature_millionths = 0;
    Vocabulary vocabulary;
    LinearWeights weights;  // whole millionths

    int64_t examples = 0;  // references included
    int64_t references = 0;
    std::string examples_sha256;                // hash_of the training examples
    std::vector<CrossValidation> alternatives;  // all that were tried, the chosen one among them
};

// Told of each candidate as soon as it was tried: training takes seconds.
using Tried = std::function<void(const CrossValidation&)>;

// Tries every candidate by cross-validation, takes the one with the least log loss (of equal ones the first), and
// trains it on all examples. The same examples give the same model, in whatever order they come.
// Errors: invalid_argument for fewer than 10 examples that are no reference, a single label among all, or an id that
// stands twice.
Result<Model> train(std::string name, std::vector<Example> examples, std::span<const Candidate> candidates,
                    const Tried& tried = {});

// One probability a label, in the order of model.labels.
std::vector<double> predict(const Model& model, std::string_view text);

// "city-topics-1" -> "city-topics-2"; a name without a number at its end gets "-2".
std::string next_version(std::string_view name);

}  // namespace countersign::demo
