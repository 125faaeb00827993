#include "core/policy_change/replay.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/model/ingest_line.h"
#include "core/policy/load.h"
#include "core/stats/random.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

// The policy of tests/cases/policy/base.json with another value at this place.
Policy policy_with(std::string_view pointer = {}, std::string_view value = {}) {
    Json document = parse_json(read_case("policy/base.json")).value();
    if (!pointer.empty()) {
        value.empty() ? remove_at(document, pointer) : set_at(document, pointer, parse_json(value).value());
    }
    auto policy = load_policy(to_text(document));
    INFO((policy.ok() ? "" : policy.error().text()));
    REQUIRE(policy.ok());
    return std::move(policy).value();
}

struct Past {
    IngestLine line;
    Json document;
};

Past past(std::string_view id, std::string_view text, std::string_view label, std::string_view confidence) {
    const std::string line = concat(R"({"id":")", id, R"(","input":{"text":")", text,
                                    R"("},"metadata":{"channel":"web"},"prediction":{"model":"m-1","label":")", label,
                                    R"(","confidence":)", confidence, "}}");
    Past out{parse_ingest_line(line).value(), {}};
    out.document = parse_json(out.line.document).value();
    return out;
}

void take(policy_change::Replay& replay, const Past& item) {
    replay.take({item.line.item.text, &item.document}, item.line.prediction);
}

}  // namespace

TEST_CASE("a replay says how many items would move from where to where, most first, with a few of them") {
    const Policy before = policy_with();
    const Policy after = policy_with("/routes/1/when", R"("prediction.confidence >= 0.97")");
    policy_change::Replay replay(before, after);
    for (int i = 0; i < 7; ++i) {
        take(replay, past(concat("sure-", i), "A hole", "pothole", "0.95"));
    }
    take(replay, past("very-sure", "A hole", "pothole", "0.98"));
    take(replay, past("unsure", "A hole", "pothole", "0.2"));
    replay.take_erased();
    CHECK(replay_in_words(replay) == "7 of 9 would move: 7 from auto to quick; 1 not compared: their text was erased");
    REQUIRE(replay.tier_moves().size() == 1);
    CHECK(replay.tier_moves()[0].examples.size() == policy_change::Move::kExamples);
    CHECK(replay.tier_moves()[0].examples[0] == ItemId("sure-0"));
    REQUIRE(replay.route_moves().size() == 1);
    CHECK(replay.route_moves()[0].from == "sure");
    CHECK(replay.route_moves()[0].to == "rest");
    JsonWriter without;
    write_replay(without, replay, policy_change::Examples::without);
    const std::string json = std::move(without).take();
    CHECK(json.find("sure-0") == std::string::npos);
    CHECK(json.find(R"("moved":7)") != std::string::npos);
}

TEST_CASE("items whose label the changed policy lacks, and items that keep their tier on other terms, count apart") {
    const Policy before = policy_with();
    Json document = parse_json(read_case("policy/base.json")).value();
    remove_at(document, "/labels/1");
    set_at(document, "/tiers/1/due", Json(std::string("4h")));
    const Policy after = load_policy(to_text(document)).value();
    policy_change::Replay replay(before, after);
    take(replay, past("a", "A hole", "drain", "0.6"));
    take(replay, past("b", "A hole", "pothole", "0.6"));
    take(replay, past("c", "A hole", "pothole", "0.95"));
    CHECK(
        replay_in_words(replay) ==
        "none of 2 would move; 1 would stay in their tier with another due time, number of reviewers or rule for late "
        "decisions; 1 not compared: the changed policy lacks their label");
}

TEST_CASE("a tier that becomes one of another kind is a move, though it keeps its name") {
    const Policy before = policy_with();
    const Policy after = policy_with("/tiers/0/kind", R"("quick")");
    policy_change::Replay replay(before, after);
    take(replay, past("a", "A hole", "pothole", "0.95"));
    CHECK(replay_in_words(replay) == "1 of 1 would move: 1 from auto (auto) to auto (quick)");
}

TEST_CASE("counts of a replay are those of routing every item twice by hand") {
    const uint64_t seed = 20'261'201;
    INFO("seed " << seed);
    const Policy before = policy_with();
    const Policy after =
        policy_with("/routes/2/when", R"("prediction.confidence < 0.55 && prediction.label == 'drain'")");
    stats::Random random(seed);
    policy_change::Replay replay(before, after);
    std::map<std::pair<std::string, std::string>, uint64_t> expected;
    for (int i = 0; i < 2'000; ++i) {
        const double confidence = random.uniform();
        const bool gas = random.uniform() < 0.1;
        const bool drain = random.uniform() < 0.5;
        take(replay, past(concat("msg-", i), gas ? "It smells of gas" : "A hole", drain ? "drain" : "pothole",
                          fixed_text(confidence, 6)));
        const double c = parse_ppm(fixed_text(confidence, 6)).value().as_double();
        const std::string was = gas ? "full" : c >= 0.9 ? "auto" : c < 0.4 ? "full" : "quick";
        const std::string is = gas ? "full" : c >= 0.9 ? "auto" : c < 0.55 && drain ? "full" : "quick";
        if (was != is) {
            ++expected[{was, is}];
        }
    }
    std::map<std::pair<std::string, std::string>, uint64_t> found;
    for (const policy_change::Move& move : replay.tier_moves()) {
        found[{move.from, move.to}] = move.items;
    }
    CHECK(found == expected);
    CHECK(expected.size() == 2);
    CHECK(replay.compared() == 2'000);
    CHECK(replay.moved() == expected.begin()->second + expected.rbegin()->second);
    CHECK(replay_in_words(replay).find(" of 2,000 would move: ") != std::string::npos);
}
