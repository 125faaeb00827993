// The demo's routes, run by the product's own rules over the demo's messages: what is urgent is read in full whatever
// the model says, and all three tiers have work.

#include <map>
#include <set>

#include <catch_amalgamated.hpp>

#include "core/json/fields.h"
#include "core/model/ingest_line.h"
#include "core/policy/load.h"
#include "core/routing/route.h"
#include "demo/data/lines.h"
#include "demo/data/prediction_line.h"
#include "tests/demo/support.h"

using namespace countersign;
using namespace countersign::demo;

namespace {

constexpr Instant kNow{1'790'000'000'000'000};

class Router {
public:
    explicit Router(const std::string& name) : policy_(loaded(asset(name))) {}

    RouteTaken route(const std::string& line) const {
        const Result<IngestLine> read = parse_ingest_line(line);
        REQUIRE(read.ok());
        const Json document = parse_json(read.value().document).value();
        const RouteExplanation explained =
            explain_route(policy_, {read.value().item.text, &document}, read.value().prediction, kNow);
        INFO(line << " " << explained.problem);
        CHECK(explained.problem.empty());
        return explained.taken;
    }

    TierKind kind(const RouteTaken& taken) const { return policy_.tier(taken.tier)->kind; }

    // Routes with a due time of their own are the urgent ones.
    bool urgent(const RouteTaken& taken) const { return policy_.route(taken.route)->due.has_value(); }

private:
    static Policy loaded(const std::string& bytes) {
        Result<Policy> policy = load_policy(bytes);
        INFO((policy.ok() ? "" : policy.error().text()));
        REQUIRE(policy.ok());
        return std::move(policy).value();
    }

    Policy policy_;
};

// The line of an item with another prediction.
std::string line_with(const Item& item, const std::string& prediction) {
    return R"({"id":")" + item.id + R"(","input":{"text":)" + to_text(Json(item.text)) + R"(},"metadata":)" +
           to_text(*item.metadata) + R"(,"prediction":)" + prediction + "}";
}

// What a model would say that is as sure as can be, and wrong wherever it matters.
constexpr const char* kCertainOfNoise =
    R"({"label":"noise","confidence":1,"scores":{"noise":1,"pothole":0},"model":"certain-1"})";

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
    const Router router("policy-city-service.json");
    const std::set<std::string> urgent = urgent_ids();
    CHECK(urgent.size() >= 40);
    size_t false_alarms = 0;
    for (const Item& item : the_demo().items) {
        const RouteTaken taken = router.route(line_with(item, kCertainOfNoise));
        INFO(item.id << " " << item.text << " -> " << taken.route);
        if (urgent.contains(item.id)) {
            CHECK(router.kind(taken) == TierKind::full);
            CHECK(router.urgent(taken));
        } else {
            false_alarms += router.urgent(taken) ? 1 : 0;
        }
    }
    // Rules that shout at everything are no rules.
    CHECK(false_alarms <= 10);
}

TEST_CASE("each tier of the first policy gets a fifth of the predictions or more, and the sure ones err least") {
    const Router router("policy-city-service.json");
    const Model model = train("city-topics-1", the_demo().seed, quick_candidate()).value();
    std::map<std::string, std::pair<size_t, size_t>> per_tier;
    std::set<std::string> used;
    for (const Item& item : the_demo().items_to_review) {
        const std::string line = prediction_line(model, item);
        const RouteTaken taken = router.route(line);
        used.insert(taken.route);
        auto& [items, wrong] = per_tier[taken.tier];
        ++items;
        wrong += parse_ingest_line(line).value().prediction.label.text == the_demo().truth.at(item.id) ? 0 : 1;
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
    const Router router("policy-simple.json");
    const Item item = the_demo().items.front();
    CHECK(router.route(line_with(item, kCertainOfNoise)).tier == "auto");
    const std::string sure_of_gas =
        R"({"label":"gas_smell","confidence":1,"scores":{"gas_smell":1},"model":"certain-1"})";
    CHECK(router.route(line_with(item, sure_of_gas)).tier == "quick");
}
