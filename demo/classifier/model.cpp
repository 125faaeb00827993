#include "demo/classifier/model.h"

#include <algorithm>
#include <charconv>

#include "core/base/concat.h"
#include "demo/classifier/corpus.h"
#include "demo/classifier/millionths.h"

namespace countersign::demo {

namespace {

constexpr size_t kMinExamples = 10;

size_t references_in(const std::vector<Example>& examples) {
    const auto is_reference = [](const Example& example) { return example.reference; };
    return static_cast<size_t>(std::count_if(examples.begin(), examples.end(), is_reference));
}

Status check(const std::vector<Example>& examples) {
    const size_t scored = examples.size() - references_in(examples);
    if (scored < kMinExamples) {
        return fail(ErrorCode::invalid_argument,
                    concat("has ", scored, " labelled texts; a model needs at least ", kMinExamples), "training set");
    }
    const auto other = [&](const Example& example) { return example.label != examples.front().label; };
    if (std::none_of(examples.begin(), examples.end(), other)) {
        return fail(ErrorCode::invalid_argument,
                    concat("has the one label '", examples.front().label, "'; a model needs at least two"),
                    "training set");
    }
    for (size_t i = 1; i < examples.size(); ++i) {
        if (examples[i].id == examples[i - 1].id) {
            return fail(ErrorCode::invalid_argument, concat("holds the id '", examples[i].id, "' twice"),
                        "training set");
        }
    }
    return success();
}

void round_to_millionths(std::vector<double>& numbers) {
    for (double& number : numbers) {
        number = from_millionths(to_millionths(number));
    }
}

}  // namespace

Result<Model> train(std::string name, std::vector<Example> examples, std::span<const Candidate> candidates,
                    const Tried& tried) {
    sort_by_id(examples);
    CS_TRY(check(examples));
    const Corpus corpus(examples);
    Model model;
    model.name = std::move(name);
    model.labels = corpus.labels();
    model.examples = static_cast<int64_t>(examples.size());
    model.references = static_cast<int64_t>(references_in(examples));
    model.examples_sha256 = hash_of(examples);
    for (const Candidate& candidate : candidates) {
        model.alternatives.push_back(corpus.cross_validate(candidate));
        if (tried) {
            tried(model.alternatives.back());
        }
    }
    const auto& best =
        *std::min_element(model.alternatives.begin(), model.alternatives.end(),
                          [](const auto& a, const auto& b) { return a.log_loss_millionths < b.log_loss_millionths; });
    model.candidate = best.candidate;
    model.temperature_millionths = best.temperature_millionths;
    auto [vocabulary, weights] = corpus.train(best.candidate);
    round_to_millionths(weights.weights);
    round_to_millionths(weights.bias);
    model.vocabulary = std::move(vocabulary);
    model.weights = std::move(weights);
    return model;
}

std::vector<double> predict(const Model& model, std::string_view text) {
    const SparseVector input = model.vocabulary.vector_of(terms_of(text, model.candidate.terms));
    return probabilities_of(scores_of(model.weights, input), from_millionths(model.temperature_millionths));
}

std::string next_version(std::string_view name) {
    const size_t dash = name.rfind('-');
    if (dash != std::string_view::npos) {
        uint32_t version = 0;
        const char* const end = name.data() + name.size();
        const auto [stop, code] = std::from_chars(name.data() + dash + 1, end, version);
        if (code == std::errc() && stop == end && version < 1'000'000) {
            return concat(name.substr(0, dash + 1), version + 1);
        }
    }
    return concat(name, "-2");
}

}  // namespace countersign::demo
