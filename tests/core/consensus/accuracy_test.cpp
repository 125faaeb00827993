// How right each method is on ten sets of real answers with truth, against the figures of its reference.

#include <algorithm>
#include <map>

#include <catch_amalgamated.hpp>

#include "core/consensus/guard.h"
#include "core/consensus/one_coin.h"
#include "core/json/json.h"
#include "tests/core/consensus/answer_sets.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::consensus;
using namespace countersign::testing;

namespace {

const std::vector<std::string> kSmall{"bluebird", "rte",     "dog",         "possent",
                                      "face",     "product", "weather-amt", "movie-amt"};

// Of data/expected/aggregation.json, by set.
std::optional<Json> expectations() {
    const auto text = read_shared("data/expected/aggregation.json");
    return text ? std::optional(*parse_json(*text).value().find("categorical")) : std::nullopt;
}

double expected(const Json& sets, const std::string& set, const std::string& method) {
    return sets.find(set)->find(method)->number()->value;
}

}  // namespace

TEST_CASE("the default is as right on each of ten sets as the better known of its kind, and .838 on average") {
    const auto sets = expectations();
    if (!sets) {
        SKIP("no shared test data: data/expected/aggregation.json");
    }
    std::vector<std::string> names = kSmall;
    names.insert(names.end(), {"relevance", "adult-content"});
    double sum = 0;
    for (const std::string& name : names) {
        const AnswerSet set = *shared_answers(name);
        const GuardedConsensus found = guarded_consensus(set.answers);
        INFO(name);
        CHECK(found.fallbacks.empty());
        CHECK(found.consensus.method == Method::hierarchical_with_wawa);
        const double right = accuracy(found.consensus, set.truth);
        CHECK(right >= std::min(expected(*sets, name, "DS"), expected(*sets, name, "HDS3")) - 0.002);
        CHECK(right >= expected(*sets, name, "MV") - 0.03);
        sum += right;
    }
    CHECK(sum / 10 >= 0.838);
}

TEST_CASE("each method is as right as its reference") {
    const auto sets = expectations();
    if (!sets) {
        SKIP("no shared test data: data/expected/aggregation.json");
    }

    // GLAD's reference stops its gradient early; .01 is one item of the smallest set.
    struct Column {
        Method method;
        std::string name;
        double tolerance;
    };

    const std::vector<Column> columns{
        {Method::majority, "MV", 1e-4},
        {Method::wawa, "Wawa", 0.002},
        {Method::dawid_skene, "DS", 1e-4},
        {Method::hierarchical, "HDS3", 1e-4},
        {Method::hierarchical_with_wawa, "HDS3_plus_Wawa", 1e-4},
        {Method::one_coin, "OneCoinUniformPrior", 1e-4},
        {Method::bayesian_confusions, "iBCC", 1e-4},
        {Method::glad, "GLAD", 0.01},
        {Method::weighted_average, "BWA", 1e-4},
    };
    for (const std::string& name : kSmall) {
        const AnswerSet set = *shared_answers(name);
        for (const Column& column : columns) {
            INFO(name << ", " << column.name);
            const Consensus found = consensus_by(column.method, set.answers);
            CHECK_THAT(accuracy(found, set.truth),
                       Catch::Matchers::WithinAbs(expected(*sets, name, column.name), column.tolerance));
        }
    }
}

TEST_CASE("the quick methods are as right as their references on the large sets too") {
    const auto sets = expectations();
    if (!sets) {
        SKIP("no shared test data: data/expected/aggregation.json");
    }
    for (const std::string name : {"relevance", "adult-content"}) {
        const AnswerSet set = *shared_answers(name);
        INFO(name);
        const auto right = [&](Method method) { return accuracy(consensus_by(method, set.answers), set.truth); };
        using Catch::Matchers::WithinAbs;
        CHECK_THAT(right(Method::majority), WithinAbs(expected(*sets, name, "MV"), 1e-4));
        CHECK_THAT(right(Method::wawa), WithinAbs(expected(*sets, name, "Wawa"), 0.003));
        CHECK_THAT(right(Method::weighted_average), WithinAbs(expected(*sets, name, "BWA"), 0.002));
        CHECK_THAT(right(Method::one_coin), WithinAbs(expected(*sets, name, "OneCoinUniformPrior"), 1e-4));
    }
}

TEST_CASE("one coin with an estimated class prior collapses on relevance, and the guard finds it") {
    const auto set = shared_answers("relevance");
    if (!set) {
        SKIP("no shared test data: data/aggregation/relevance");
    }
    const Consensus collapsed = one_coin(set->answers, {}, {}, ClassPrior::estimated);
    CHECK_THAT(accuracy(collapsed, set->truth), Catch::Matchers::WithinAbs(0.1935, 1e-4));
    const auto why = find_collapse(collapsed, set->answers);
    REQUIRE(why);
    CHECK(why->why == Collapse::against_majority);
    CHECK(why->measured > 0.4);
}
