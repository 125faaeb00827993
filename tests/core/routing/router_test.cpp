// A Router answers each item as route() does, whatever items came before, and soon allocates nothing for one more.

#include "core/routing/router.h"

#include <cstdlib>
#include <new>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/policy/load.h"

namespace {

size_t allocations = 0;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): operator new has no other place

}  // namespace

void* operator new(size_t bytes) {
    ++allocations;
    void* memory = std::malloc(bytes == 0 ? 1 : bytes);
    if (memory == nullptr) {
        std::abort();
    }
    return memory;
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, size_t) noexcept {
    std::free(memory);
}

namespace {

using namespace countersign;

constexpr Instant kNow{1'790'000'000'000'000};

struct Sent {
    Json document;
    Prediction prediction;
};

std::vector<Sent> sent() {
    const auto one = [](std::string_view document, std::string_view label, int32_t confidence,
                        std::vector<Score> scores) {
        Prediction prediction{ModelId("topics-7"), LabelId(std::string(label)), Ppm{confidence}, std::move(scores)};
        return Sent{parse_json(document).value(), std::move(prediction)};
    };
    return {one(R"({"input":{"text":"The lamp is dark."},"metadata":{"channel":"web","attachments":2}})", "waste",
                990'000, {{LabelId("noise"), Ppm{4'000}}, {LabelId("gas"), Ppm{3'000}}}),
            one(R"({"input":{"text":"It smells of gas.","photo":"p.jpg"},"metadata":{"channel":"letter"}})", "gas",
                700'000, {}),
            one(R"({"input":{"text":"No channel."},"metadata":{"attachments":"two"}})", "noise", 950'000, {}),
            one(R"({"input":{"text":"Loud."},"metadata":{"attachments":9,"unasked":[1,{"a":null}]}})", "noise", 950'000,
                {{LabelId("waste"), Ppm{40'000}}}),
            one(R"({"input":{},"metadata":{}})", "waste", 100'000, {})};
}

Policy policy() {
    return load_policy(R"POLICY({
        "format": "countersign-policy-1", "name": "Routers",
        "task": {"type": "single_label", "question": "What is it?"},
        "labels": [{"id": "waste", "name": "Waste"}, {"id": "noise", "name": "Noise"}, {"id": "gas", "name": "Gas"}],
        "item_schema": {"metadata.channel": "string", "metadata.attachments": "int"},
        "interface": {"text": "input.text"},
        "tiers": [{"id": "auto", "kind": "auto"}, {"id": "quick", "kind": "quick", "due": "4h"},
                  {"id": "full", "kind": "full"}],
        "routes": [
            {"id": "gas", "when": "prediction.label == 'gas' || item.text.matches(r'\\bgas\\b')", "tier": "full"},
            {"id": "many", "when": "has(item.metadata.attachments) && item.metadata.attachments > 5", "tier": "full"},
            {"id": "letter", "when": "has(item.metadata.channel) && item.metadata.channel == 'letter'", "tier": "full"},
            {"id": "sure", "when": "prediction.confidence > 0.9 && !('gas' in prediction.scores)", "tier": "auto"},
            {"id": "near", "when": "prediction.scores.exists(k, v, v > 0.002)", "tier": "quick"},
            {"id": "rest", "when": "true", "tier": "full"}]})POLICY")
        .value();
}

}  // namespace

TEST_CASE("a router answers as route() does, whatever items came before") {
    const Policy by = policy();
    const std::vector<Sent> items = sent();
    Router router(by);
    for (size_t round = 0; round < 3; ++round) {
        for (size_t i = 0; i < items.size(); ++i) {
            const Sent& one = items[round == 1 ? items.size() - 1 - i : i];
            const RoutedItem item{"a", &one.document, {}};
            CHECK(router.route(item, one.prediction, kNow) == route(by, item, one.prediction, kNow));
            const RouteExplanation mine = router.explain(item, one.prediction, kNow);
            const RouteExplanation fresh = explain_route(by, item, one.prediction, kNow);
            CHECK(mine.taken == fresh.taken);
            CHECK(mine.problem == fresh.problem);
            CHECK(mine.passed_over == fresh.passed_over);
            REQUIRE(mine.seen.size() == fresh.seen.size());
            for (size_t k = 0; k < mine.seen.size(); ++k) {
                CHECK(mine.seen[k].name == fresh.seen[k].name);
                CHECK(mine.seen[k].value == fresh.seen[k].value);
            }
        }
    }
}

TEST_CASE("the routes of these items differ, and one cannot be decided") {
    const Policy by = policy();
    const std::vector<Sent> items = sent();
    Router router(by);
    std::vector<std::string> routes;
    for (const Sent& one : items) {
        routes.push_back(router.route({"a", &one.document, {}}, one.prediction, kNow).route);
    }
    CHECK(routes == std::vector<std::string>{"near", "gas", "gas", "many", "rest"});
    const RouteExplanation wrong = router.explain({"a", &items[2].document, {}}, items[2].prediction, kNow);
    CHECK(wrong.taken.tier == "full");
    CHECK(wrong.problem ==
          "could not be decided (item.metadata.attachments: must be int, but is text), so the most careful tier 'full' "
          "takes it");
}

TEST_CASE("routing an item like those before allocates nothing") {
    const Policy by = policy();
    const std::vector<Sent> items = sent();
    Router router(by);
    const auto all = [&] {
        for (const Sent& one : items) {
            if (&one != &items[2]) {  // errors have words
                static_cast<void>(router.route({"a", &one.document, {}}, one.prediction, kNow));
            }
        }
    };
    all();
    const size_t before = allocations;
    all();
    CHECK(allocations == before);
}
