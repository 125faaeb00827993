#include "demo/classifier/model_file.h"

#include <catch_amalgamated.hpp>

#include "tests/demo/support.h"

using namespace countersign;
using namespace countersign::demo;

namespace {

Model small_model() {
    std::vector<Example> examples;
    for (int i = 0; i < 12; ++i) {
        const bool gas = i % 2 == 0;
        examples.push_back({"e" + std::to_string(i), gas ? "smell of gas" : "no water here", gas ? "gas" : "water"});
    }
    return train("tiny-1", examples, quick_candidate()).value();
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a model that was written and read predicts the same and writes the same bytes") {
    const Model model = small_model();
    const std::string json = to_json(model);
    const Model again = parse_model(json).value();
    CHECK(to_json(again) == json);
    CHECK(predict(again, "gas and water") == predict(model, "gas and water"));
}

TEST_CASE("a model file that was cut or edited is refused with its place") {
    const std::string json = to_json(small_model());

    struct Case {
        std::string broken;
        std::string place;
    };

    const Case cases[] = {
        {json.substr(0, json.size() / 2), "line 1"},
        {with(json, "countersign-demo-model-1", "countersign-demo-model-9"), "format"},
        {with(json, R"("learner":"both")", R"("learner":"forest")"), "chosen.learner"},
        {with(json, R"("labels":["gas","water"])", R"("labels":["water","gas"])"), "labels"},
        {with(json, R"("labels":["gas","water"])", R"("labels":["gas"])"), "labels"},
        {with(json, R"("bias":[)", R"("bias":[1,)"), "bias"},
        {with(json, R"("weights":[[)", R"("weights":[[0],[)"), "weights"},
        {with(json, R"("weights":[[)", R"("weights":[["x",)"), "weights[0]"},
        {with(json, R"("terms":[["c:)", R"("terms":[["z:)"), "terms[1]"},
        {with(json, R"("temperature_millionths":)", R"("temperature_millionths":-)"), ""},
        {"[]", ""},
    };
    for (const Case& one : cases) {
        const Result<Model> read = parse_model(one.broken);
        INFO(one.place);
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().code == ErrorCode::invalid_argument);
        CHECK(read.error().text().find(one.place) != std::string::npos);
    }
}

TEST_CASE("versions are counted up") {
    CHECK(next_version("city-topics-1") == "city-topics-2");
    CHECK(next_version("city-topics-99") == "city-topics-100");
    CHECK(next_version("city-topics") == "city-topics-2");
    CHECK(next_version("model") == "model-2");
}
