// What has gone wrong with consensus elsewhere: ties, labels that nobody used, single reviewers and answers, the order
// of reviewers. The cases are in tests/cases/consensus/votes.json.

#include <algorithm>
#include <numeric>

#include <catch_amalgamated.hpp>

#include "core/consensus/guard.h"
#include "core/json/json.h"
#include "core/stats/elementary.h"
#include "core/stats/random.h"
#include "tests/core/consensus/answer_sets.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::consensus;
using namespace countersign::testing;

namespace {

const std::vector<std::pair<std::string, Method>> kMethods{
    {"majority", Method::majority},
    {"wawa", Method::wawa},
    {"dawid_skene", Method::dawid_skene},
    {"hierarchical", Method::hierarchical},
    {"hierarchical_with_wawa", Method::hierarchical_with_wawa},
    {"one_coin", Method::one_coin},
    {"bayesian_confusions", Method::bayesian_confusions},
    {"glad", Method::glad},
    {"weighted_average", Method::weighted_average},
    {"ordinal", Method::ordinal},
};

Method method_of(const std::string& name) {
    const auto found = std::ranges::find(kMethods, name, [](const auto& one) { return one.first; });
    REQUIRE(found != kMethods.end());
    return found->second;
}

std::vector<std::string> texts(const Json& list) {
    std::vector<std::string> out;
    for (const Json& one : *list.array()) {
        out.push_back(*one.string());
    }
    return out;
}

std::string shown(const Choice& choice) {
    switch (choice.state) {
        case ChoiceState::chosen: return std::to_string(choice.label);
        case ChoiceState::tied: return "tie";
        case ChoiceState::unanswered: return "none";
    }
    return "?";
}

// `reviewers` of which most are right most of the time; some items and reviewers without answers.
std::vector<stats::Answer> some_answers(uint64_t seed, uint32_t items, uint32_t reviewers, uint32_t labels) {
    stats::Random random(seed);
    std::vector<stats::Answer> out;
    for (uint32_t item = 0; item < items; ++item) {
        const auto truth = static_cast<uint32_t>(random.below(labels));
        for (uint32_t j = 0; j + 1 < reviewers; ++j) {
            if (random.uniform() < 0.5 && item % 10 != 9) {
                const bool right = random.uniform() < 0.5 + (0.4 * j / reviewers);
                out.push_back({item, j, right ? truth : static_cast<uint32_t>(random.below(labels))});
            }
        }
    }
    return out;
}

void check_sound(const Consensus& found, const stats::AnswerTable& table) {
    REQUIRE(found.items() == table.items());
    REQUIRE(found.skill.size() == table.reviewers());
    for (size_t item = 0; item < table.items(); ++item) {
        double sum = 0;
        for (const double p : found.of_item(item)) {
            REQUIRE((p >= 0 && p <= 1));
            sum += p;
        }
        REQUIRE_THAT(sum, Catch::Matchers::WithinAbs(1, 1e-9));
        REQUIRE(choose(found, table, item).shown <= kMostShown);
    }
    for (const double skill : found.skill) {
        REQUIRE((skill >= 0 && skill <= 1 + 1e-12));
    }
}

}  // namespace

TEST_CASE("each case of votes has the choices that an expert expects") {
    const Json cases = parse_json(read_case("consensus/votes.json")).value();
    for (const Json& one : *cases.array()) {
        INFO(*one.find("case")->string());
        const auto labels = static_cast<size_t>(*one.find("labels")->integer());
        const stats::AnswerTable table = written_answers(texts(*one.find("answers")), labels);
        const Consensus found = consensus_by(method_of(one.text_of("method")), table);
        check_sound(found, table);
        std::vector<std::string> choices;
        choices.reserve(table.items());
        for (size_t item = 0; item < table.items(); ++item) {
            choices.push_back(shown(choose(found, table, item)));
        }
        CHECK(choices == texts(*one.find("choices")));
    }
}

TEST_CASE("no method stumbles over extreme tables") {
    const std::vector<std::vector<std::string>> tables{
        {}, {""}, {"."}, {"0"}, {"01"}, {"0000"}, {"0", "1", "2"}, {"0..", ".1.", "..2"}, {"000", "111", "222", "012"}};
    for (const auto& [name, method] : kMethods) {
        for (const auto& items : tables) {
            for (const size_t labels : {size_t{3}, size_t{8}}) {
                const stats::AnswerTable table = written_answers(items, labels);
                INFO(name << ", " << items.size() << " items, " << labels << " labels");
                check_sound(consensus_by(method, table), table);
            }
        }
        const stats::AnswerTable single = written_answers({"000", "0.."}, 1);
        INFO(name);
        check_sound(consensus_by(method, single), single);
    }
}

TEST_CASE("the numbers that reviewers have and the order of labels change nothing") {
    for (const uint64_t seed : {1U, 2U, 3U}) {
        INFO("seed " << seed);
        const std::vector<stats::Answer> answers = some_answers(seed, 120, 9, 4);
        std::vector<stats::Answer> renamed = answers;
        const std::array<uint32_t, 9> reviewer{4, 7, 0, 8, 2, 1, 6, 3, 5};
        const std::array<uint32_t, 4> label{2, 0, 3, 1};
        for (stats::Answer& answer : renamed) {
            answer.reviewer = reviewer[answer.reviewer];
            answer.label = label[answer.label];
        }
        const stats::AnswerTable table(answers, 120, 9, 4);
        const stats::AnswerTable other(renamed, 120, 9, 4);
        for (const auto& [name, method] : kMethods) {
            if (method == Method::ordinal) {
                continue;  // for it labels have an order
            }
            INFO(name);
            const Consensus a = consensus_by(method, table);
            const Consensus b = consensus_by(method, other);
            check_sound(a, table);
            double most = 0;
            for (size_t i = 0; i < a.posterior.size(); ++i) {
                most = std::max(most, std::abs(a.posterior[i] - b.posterior[((i / 4) * 4) + label[i % 4]]));
            }
            CHECK(most < 1e-7);
            for (size_t j = 0; j < 9; ++j) {
                CHECK_THAT(a.skill[j], Catch::Matchers::WithinAbs(b.skill[reviewer[j]], 1e-7));
            }
        }
    }
}

TEST_CASE("the same answers give the same bytes") {
    const stats::AnswerTable table(some_answers(7, 60, 6, 3), 60, 6, 3);
    for (const auto& [name, method] : kMethods) {
        INFO(name);
        CHECK(consensus_by(method, table).posterior == consensus_by(method, table).posterior);
    }
}

TEST_CASE("what is known stays known, and teaches who is right") {
    // Two against one everywhere, and by the known items the one is right.
    const std::vector<std::string> items(12, "001");
    const stats::AnswerTable table = written_answers(items, 2);
    std::vector<KnownTruth> known;
    known.reserve(8);
    for (uint32_t item = 0; item < 8; ++item) {
        known.push_back({item, 1});
    }
    for (const Method method : {Method::dawid_skene, Method::hierarchical, Method::bayesian_confusions}) {
        const Consensus found = consensus_by(method, table, {.known = known});
        CHECK(found.of_item(0)[1] == 1);
        CHECK(choose(found, table, 11).label == 1);
        CHECK(choose(consensus_by(method, table), table, 11).label == 0);
    }
}

TEST_CASE("a model's probabilities stand in the place of the prior and can turn a tie") {
    const stats::AnswerTable table = written_answers({"01", "01", ".."}, 2);
    const std::vector<double> model{stats::log(0.9), stats::log(0.1), stats::log(0.2),
                                    stats::log(0.8), stats::log(0.7), stats::log(0.3)};
    const Consensus found = consensus_by(Method::hierarchical, table, {.log_model = model});
    CHECK(choose(found, table, 0).label == 0);
    CHECK(choose(found, table, 1).label == 1);
    CHECK_THAT(found.of_item(2)[0], Catch::Matchers::WithinAbs(0.7, 1e-9));
    CHECK(choose(found, table, 2).state == ChoiceState::unanswered);
}

TEST_CASE("going on from an earlier posterior needs fewer rounds and comes to the same end") {
    std::vector<stats::Answer> answers = some_answers(11, 200, 8, 3);
    const Consensus before = consensus_by(Method::hierarchical, stats::AnswerTable(answers, 200, 8, 3));
    answers.push_back({200, 0, 1});
    answers.push_back({5, 7, 2});
    const stats::AnswerTable after(answers, 201, 8, 3);
    const Consensus warm = consensus_by(Method::hierarchical, after, {.start = before.posterior});
    const Consensus cold = consensus_by(Method::hierarchical, after);
    CHECK(warm.iterations < cold.iterations);
    for (size_t i = 0; i < warm.posterior.size(); ++i) {
        REQUIRE_THAT(warm.posterior[i], Catch::Matchers::WithinAbs(cold.posterior[i], 1e-3));
    }
}
