// The classifier on the demo's own messages: deterministic, honest, and it learns from decisions.

#include <algorithm>
#include <random>

#include <catch_amalgamated.hpp>

#include "core/json/writer.h"
#include "demo/classifier/elementary.h"
#include "demo/classifier/measures.h"
#include "demo/classifier/model_file.h"
#include "demo/data/decisions.h"
#include "tests/demo/support.h"

using namespace countersign;
using namespace countersign::demo;

namespace {

const Model& first_model() {
    static const Model model = train("city-topics-1", the_demo().seed, quick_candidate()).value();
    return model;
}

uint32_t index_of(const Model& model, const std::string& label) {
    const auto at = std::lower_bound(model.labels.begin(), model.labels.end(), label);
    REQUIRE(at != model.labels.end());
    return static_cast<uint32_t>(at - model.labels.begin());
}

Measures measures_of(const Model& model, std::span<const Example> examples) {
    std::vector<Judged> judged;
    for (const Example& example : examples) {
        judged.push_back({predict(model, example.text), index_of(model, example.label)});
    }
    return measure(judged, model.labels.size());
}

// What the product's export says when a person has answered with the true label.
std::string export_line(const Model& model, const Example& example) {
    const std::string& predicted = model.labels[largest(predict(model, example.text))];
    JsonWriter json;
    json.begin_object().name("item").begin_object().member("id", example.id);
    json.name("input").begin_object().member("text", example.text).end_object().end_object();
    json.name("prediction").begin_object().member("model", model.name).member("label", predicted).end_object();
    json.name("decision").begin_object();
    json.member("verdict", predicted == example.label ? "accept" : "correct").member("label", example.label);
    json.end_object().member("tier", "quick").end_object();
    return std::move(json).take() + "\n";
}

Model retrained_from(std::span<const Example> reviewed) {
    std::string exported;
    for (const Example& example : reviewed) {
        exported += export_line(first_model(), example);
    }
    const Decisions decisions = read_decisions("export.jsonl", exported).value();
    REQUIRE(decisions.examples.size() == reviewed.size());
    return train("city-topics-2", merge(the_demo().seed, decisions.examples), quick_candidate()).value();
}

}  // namespace

TEST_CASE("training gives the same bytes twice, in whatever order the examples come") {
    const uint32_t seed = 7;
    INFO("seed " << seed);
    std::vector<Example> shuffled = the_demo().seed;
    std::mt19937 random(seed);
    for (size_t i = shuffled.size(); i-- > 1;) {
        std::swap(shuffled[i], shuffled[random() % (i + 1)]);
    }
    CHECK(to_json(train("city-topics-1", shuffled, quick_candidate()).value()) == to_json(first_model()));
}

TEST_CASE("another training set has another hash") {
    std::vector<Example> changed = the_demo().seed;
    changed.front().label = changed.front().label == "noise" ? "flooding" : "noise";
    CHECK(hash_of(changed) != hash_of(the_demo().seed));
}

TEST_CASE("probabilities lie between 0 and 1 and sum to 1") {
    for (const Example& example : the_demo().to_review) {
        double sum = 0;
        for (const double p : predict(first_model(), example.text)) {
            CHECK((p >= 0 && p <= 1));
            sum += p;
        }
        CHECK(sum == Catch::Approx(1).margin(1e-12));
    }
    CHECK(predict(first_model(), "zzz qqq").size() == first_model().labels.size());
}

TEST_CASE("the model is useful and fallible: what a demo of review needs") {
    const Measures measures = measures_of(first_model(), the_demo().to_review);
    const double accuracy = static_cast<double>(measures.right) / measures.texts;
    CHECK(accuracy >= 0.70);
    CHECK(accuracy <= 0.85);
    CHECK(measures.calibration_error < 0.12);
    CHECK(measures.log_loss < 1.0);
    // A spread of confidences: enough for an automatic tier, and enough that need a person.
    CHECK(measures.shares[3].texts > measures.texts / 5);
    CHECK(measures.shares[0].texts < measures.texts * 9 / 10);
    // Confidence means something: the surer, the fewer wrong.
    const auto error = [](const Share& share) { return static_cast<double>(share.wrong) / share.texts; };
    CHECK(error(measures.shares[3]) < error(measures.shares[1]));
    CHECK(error(measures.shares[1]) < 1 - accuracy);
}

TEST_CASE("retraining with corrections improves the log loss on what was corrected") {
    std::vector<Example> wrong;
    for (const Example& example : the_demo().to_review) {
        if (largest(predict(first_model(), example.text)) != index_of(first_model(), example.label)) {
            wrong.push_back(example);
        }
    }
    REQUIRE(wrong.size() > 20);
    const Model second = retrained_from(wrong);
    CHECK(measures_of(second, wrong).log_loss < measures_of(first_model(), wrong).log_loss / 2);
}

TEST_CASE("retraining with half of the decisions gets more of the other half right") {
    const std::span<const Example> all(the_demo().to_review);
    const auto [before, after] = std::pair(all.first(all.size() / 2), all.subspan(all.size() / 2));
    const Model second = retrained_from(before);
    CHECK(measures_of(second, after).right > measures_of(first_model(), after).right);
}

TEST_CASE("a training set that cannot be learnt from is refused") {
    std::vector<Example> examples;
    for (int i = 0; i < 12; ++i) {
        examples.push_back({"e" + std::to_string(i), "text", "noise"});
    }
    CHECK(train("m", examples, quick_candidate()).error().message.find("one label 'noise'") != std::string::npos);
    examples[3].label = "gas";
    CHECK(train("m", examples, quick_candidate()).ok());
    examples[4].id = "e3";
    CHECK(train("m", examples, quick_candidate()).error().message.find("'e3' twice") != std::string::npos);
    examples.resize(4);
    CHECK(train("m", examples, quick_candidate()).error().message.find("has 4 labelled texts") != std::string::npos);
}
