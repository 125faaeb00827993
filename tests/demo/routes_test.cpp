// The demo's routes, run by the product's own rules over the demo's messages: what is urgent is read in full whatever
// the model says, and all three tiers have work.

#include <map>
#include <set>

#include <catch_amalgamated.hpp>

#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/rules/activation.h"
#include "core/rules/compile.h"
#include "core/rules/evaluate.h"
#include "demo/data/lines.h"
#include "demo/data/prediction_line.h"
#include "tests/demo/support.h"

using namespace countersign;
using namespace countersign::demo;

namespace {

struct Route {
    std::string id;
    std::string tier;
    bool has_due = false;
    rules::Program when;
};

rules::Type record(std::string name, std::vector<rules::Field> fields) {
    return rules::types::record(
        std::make_shared<const rules::RecordType>(rules::RecordType{std::move(name), std::move(fields)}));
}

// What a route may speak about, with the metadata that the policy's item_schema declares.
rules::Environment environment_of(const Json& policy) {
    using namespace rules::types;
    std::vector<rules::Field> metadata;
    for (const auto& [path, type] : *policy.find("item_schema")->object()) {
        REQUIRE(path.starts_with("metadata."));
        metadata.push_back({path.substr(9), rules::parse_type(*type.string()).value()});
    }
    const std::vector<rules::Field> prediction = {{"label", string()},
                                                  {"confidence", float64()},
                                                  {"margin", float64()},
                                                  {"scores", map(string(), float64())},
                                                  {"model", string()}};
    const rules::Type item =
        record("item", {{"id", string()}, {"text", string()}, {"metadata", record("metadata", std::move(metadata))}});
    return rules::Environment({{"item", item}, {"prediction", record("prediction", prediction)}});
}

class Router {
public:
    explicit Router(const std::string& name)
        : policy_(parse_json(asset(name)).value()), environment_(environment_of(policy_)) {
        for (const Json& json : *policy_.find("routes")->array()) {
            Fields route = Fields::of(json, "route").value();
            const std::string when = route.text("when").value();
            INFO(name << " " << when);
            Result<rules::Program> program = rules::compile(when, environment_, {.result = rules::types::boolean()});
            INFO((program.ok() ? "" : program.error().text()));
            REQUIRE(program.ok());
            routes_.push_back(
                {route.text("id").value(), route.text("tier").value(), route.has("due"), std::move(program).value()});
        }
    }

    // The first route whose condition holds.
    const Route& route(const Item& item, const Json& prediction) {
        rules::Activation activation(environment_);
        REQUIRE(activation.set_json("item.id", Json(item.id)).ok());
        REQUIRE(activation.set_json("item.text", Json(item.text)).ok());
        for (const auto& [path, type] : *policy_.find("item_schema")->object()) {
            const Json* value = item.metadata->find(path.substr(9));
            REQUIRE(value != nullptr);
            REQUIRE(activation.set_json("item." + path, *value).ok());
        }
        REQUIRE(activation.set_json("prediction", prediction).ok());
        for (const Route& route : routes_) {
            const Result<bool> holds = evaluator_.test(route.when, activation);
            INFO(route.id << (holds.ok() ? "" : holds.error().text()));
            REQUIRE(holds.ok());
            if (holds.value()) {
                return route;
            }
        }
        FAIL("no route takes " << item.id);
        return routes_.back();
    }

private:
    Json policy_;
    rules::Environment environment_;
    std::vector<Route> routes_;
    rules::Evaluator evaluator_;
};

// The prediction of an ingest line, with the margin that routing adds.
Json with_margin(const std::string& line) {
    const Json json = parse_json(line).value();
    Json prediction = *json.find("prediction");
    const JsonObject& scores = *prediction.find("scores")->object();
    const auto score = [&](size_t i) { return parse_ppm(to_text(scores[i].second)).value().value; };
    const std::string margin = to_decimal(Ppm{score(0) - score(1)});
    prediction.object()->emplace_back("margin", parse_json(margin).value());
    return prediction;
}

// What a model would say that is as sure as can be, and wrong wherever it matters.
Json certain_of_noise() {
    return parse_json(
               R"({"label":"noise","confidence":1,"margin":1,"scores":{"noise":1,"pothole":0},"model":"certain-1"})")
        .value();
}

std::set<std::string> urgent_ids() {
    std::set<std::string> urgent;
    const std::vector<Line> lines = read_lines("truth.jsonl", asset("truth.jsonl")).value();
    for (const Line& line : lines) {
        Fields fields = Fields::of(line.json, "").value();
        if (fields.boolean_or("urgent", false).value()) {
            urgent.insert(fields.text("id").value());
        }
    }
    return urgent;
}

}  // namespace

TEST_CASE("urgent messages exist, and their words force full review whatever the confidence") {
    Router router("policy-city-service.json");
    const std::set<std::string> urgent = urgent_ids();
    CHECK(urgent.size() >= 40);
    size_t false_alarms = 0;
    for (const Item& item : the_demo().items) {
        const Route& route = router.route(item, certain_of_noise());
        INFO(item.id << " " << item.text << " -> " << route.id);
        if (urgent.contains(item.id)) {
            CHECK(route.tier == "full");
            CHECK(route.has_due);
        } else {
            false_alarms += route.has_due ? 1 : 0;
        }
    }
    // Rules that shout at everything are no rules.
    CHECK(false_alarms <= 10);
}

TEST_CASE("each tier of the first policy gets a fifth of the predictions or more, and the sure ones err least") {
    Router router("policy-city-service.json");
    const Model model = train("city-topics-1", the_demo().seed, quick_candidate()).value();
    std::map<std::string, std::pair<size_t, size_t>> per_tier;
    std::set<std::string> used;
    for (const Item& item : the_demo().items_to_review) {
        const Json prediction = with_margin(prediction_line(model, item));
        const Route& route = router.route(item, prediction);
        used.insert(route.id);
        auto& [items, wrong] = per_tier[route.tier];
        ++items;
        wrong += *prediction.find("label")->string() == the_demo().truth.at(item.id) ? 0 : 1;
    }
    const auto error = [&](const std::string& tier) {
        return static_cast<double>(per_tier[tier].second) / static_cast<double>(per_tier[tier].first);
    };
    for (const std::string tier : {"auto", "quick", "full"}) {
        INFO(tier << ": " << per_tier[tier].first << " items, " << per_tier[tier].second << " wrong");
        CHECK(per_tier[tier].first * 5 >= the_demo().items_to_review.size());
    }
    CHECK(error("auto") < 0.12);
    CHECK(error("auto") < error("quick"));
    CHECK(error("auto") < error("full"));
    CHECK(used.size() >= 10);
}

TEST_CASE("the small policy sends some through and the rest to a glance, and gas never through") {
    Router router("policy-simple.json");
    const Item item = the_demo().items.front();
    CHECK(router.route(item, certain_of_noise()).tier == "auto");
    const std::string sure_of_gas =
        R"({"label":"gas_smell","confidence":1,"margin":1,"scores":{"gas_smell":1},"model":"certain-1"})";
    CHECK(router.route(item, parse_json(sure_of_gas).value()).tier == "quick");
}
