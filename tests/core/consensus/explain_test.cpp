#include "core/consensus/explain.h"

#include <catch_amalgamated.hpp>

#include "core/consensus/guard.h"
#include "core/stats/elementary.h"
#include "tests/core/consensus/answer_sets.h"

using namespace countersign;
using namespace countersign::consensus;
using namespace countersign::testing;

namespace {

stats::AnswerTable mixed() {
    return written_answers({"0012", "1102", "2220", "0.01", "11.1", "2.22", "0000", "1112", "2021", "...."}, 3);
}

}  // namespace

TEST_CASE("the parts of an explanation add up to the odds of the posterior") {
    const stats::AnswerTable table = mixed();
    for (const Method method : {Method::dawid_skene, Method::hierarchical, Method::one_coin, Method::ordinal,
                                Method::bayesian_confusions, Method::glad}) {
        INFO(method_name(method));
        const Consensus found = consensus_by(method, table);
        for (size_t item = 0; item < table.items(); ++item) {
            const Explanation why = explain(found, table, item);
            const auto z = found.of_item(item);
            CHECK(why.in_nats);
            CHECK(why.answers.size() == table.of_item(item).size());
            // Where the runner-up's posterior has vanished, the odds are more than what is left of it can tell.
            if (z[why.label_against] > 1e-250) {
                CHECK_THAT(why.total_nats, Catch::Matchers::WithinAbs(
                                               stats::log(z[why.label_for]) - stats::log(z[why.label_against]), 1e-6));
            }
        }
    }
}

TEST_CASE("an answer for the choice speaks for it, one for the runner-up against it") {
    const stats::AnswerTable table = mixed();
    const Consensus found = consensus_by(Method::hierarchical, table);
    const Explanation why = explain(found, table, 0, 0, 1);
    CHECK(why.answers[0].nats > 0);
    CHECK(why.answers[1].nats > 0);
    CHECK(why.answers[2].nats < 0);
}

TEST_CASE("methods without likelihoods say what each answer weighed") {
    const stats::AnswerTable table = mixed();
    const Explanation votes = explain(consensus_by(Method::majority, table), table, 0);
    CHECK_FALSE(votes.in_nats);
    CHECK(votes.answers[0].weight == 1);
    const Consensus weighted = consensus_by(Method::wawa, table);
    const Explanation why = explain(weighted, table, 0);
    CHECK_FALSE(why.in_nats);
    CHECK(why.answers[3].weight == weighted.skill[3]);
}
