#include "core/consensus/guard.h"

#include <catch_amalgamated.hpp>

#include "tests/core/consensus/answer_sets.h"

using namespace countersign;
using namespace countersign::consensus;
using namespace countersign::testing;

namespace {

// Everybody says something else: no reviewer is better than chance.
stats::AnswerTable noise() {
    return written_answers({"01", "10", "01", "10", "00", "11"}, 2);
}

}  // namespace

TEST_CASE("a consensus that is no better than chance is given up method by method, with reasons") {
    const GuardedConsensus found =
        guarded_consensus(noise(), {}, {.method = Method::dawid_skene, .collapse = {.least_above_chance = 0.49}});
    CHECK(found.consensus.method == Method::majority);
    REQUIRE(found.fallbacks.size() == 3);
    CHECK(found.fallbacks[0].from == Method::dawid_skene);
    CHECK(found.fallbacks[1].from == Method::hierarchical_with_wawa);
    CHECK(found.fallbacks[2].from == Method::wawa);
    CHECK(
        sentence(found.fallbacks[2]) ==
        "vote weighted by agreement (Wawa) was not used: by it reviewers are right 67 % of the time, hardly more than "
        "by chance; at least 99 % are expected");
}

TEST_CASE("a consensus that contradicts the majority too often is given up") {
    // By what is known, the reviewer who is always alone is right.
    const stats::AnswerTable table = written_answers({"001", "110", "001", "110", "001", "110"}, 2);
    const std::vector<KnownTruth> known{{0, 1}, {1, 0}, {2, 1}, {3, 0}};
    const GuardedConsensus found = guarded_consensus(table, {.known = known}, {.method = Method::dawid_skene});
    REQUIRE(found.fallbacks.size() == 2);
    CHECK(found.fallbacks[0].why == Collapse::against_majority);
    CHECK(found.fallbacks[0].measured == 1);
    CHECK(found.consensus.method == Method::wawa);
    CHECK(sentence(found.fallbacks[0]) ==
          "Dawid-Skene was not used: it contradicts the majority on 100 % of the items; at most 40 % are believed");
}

TEST_CASE("matrices that would not fit are not made") {
    const GuardedConsensus found = guarded_consensus(noise(), {}, {.most_confusions = 7});
    REQUIRE(found.fallbacks.size() == 1);
    CHECK(found.fallbacks[0].why == Collapse::too_large);
    CHECK(found.fallbacks[0].measured == 8);
    CHECK(found.consensus.method == Method::wawa);
}

TEST_CASE("whoever asks for a simple method gets no other one") {
    const GuardOptions strict{.method = Method::wawa, .collapse = {.least_above_chance = 0.49}};
    const GuardedConsensus found = guarded_consensus(noise(), {}, strict);
    CHECK(found.consensus.method == Method::majority);
    CHECK(found.fallbacks.size() == 1);
    CHECK(guarded_consensus(noise(), {}, {.method = Method::majority}).fallbacks.empty());
}

TEST_CASE("three who agree are not overruled without being told") {
    // The first three are known to be wrong about everything else.
    std::vector<std::string> items(20, "0001");
    items.emplace_back("000.");
    const stats::AnswerTable table = written_answers(items, 2);
    std::vector<KnownTruth> known;
    known.reserve(20);
    for (uint32_t item = 0; item < 20; ++item) {
        known.push_back({item, 1});
    }
    const GuardedConsensus found = guarded_consensus(
        table, {.known = known},
        {.method = Method::dawid_skene, .collapse = {.most_against_majority = 1, .least_above_chance = -1}});
    CHECK(found.consensus.method == Method::dawid_skene);
    CHECK(choose(found.consensus, table, 20).label == 1);
    CHECK(found.overruled == std::vector<uint32_t>{20});
}
