#include <catch_amalgamated.hpp>

#include "core/json/fields.h"
#include "demo/data/prediction_line.h"
#include "tests/demo/support.h"

using namespace countersign;
using namespace countersign::demo;

TEST_CASE("every prediction is a valid ingest line with the item unchanged") {
    const Model model = train("city-topics-1", the_demo().seed, quick_candidate()).value();
    for (const Item& item : the_demo().items_to_review) {
        const std::string text = prediction_line(model, item);
        INFO(text);
        REQUIRE(text.find('\n') == std::string::npos);
        const Json json = parse_json(text).value();
        Fields line = Fields::of(json, "").value();
        CHECK(line.text("id").value() == item.id);
        CHECK(to_text(*line.object("input").value()) == to_text(item.input));
        CHECK(to_text(*line.object("metadata").value()) == to_text(*item.metadata));

        Fields prediction = Fields::of(*line.object("prediction").value(), "prediction").value();
        CHECK(prediction.text("model").value() == "city-topics-1");
        const Ppm confidence = prediction.ppm("confidence").value();
        const Json* scores_json = prediction.object("scores").value();
        Fields scores = Fields::of(*scores_json, "prediction.scores").value();
        REQUIRE(scores_json->object()->size() == 5);
        CHECK(scores.ppm(prediction.text("label").value()).value() == confidence);
        int32_t sum = 0;
        Ppm previous = kCertain;
        for (const auto& [label, score] : *scores_json->object()) {
            const Ppm value = scores.ppm(label).value();
            CHECK(value <= previous);
            previous = value;
            sum += value.value;
        }
        CHECK(sum <= 1'000'003);  // five roundings
        CHECK(prediction.done().ok());
        CHECK(line.done().ok());
    }
}
