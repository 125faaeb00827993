// Whether assignment by measured skill pays: real crowds whose skill is measured on half of the items without truth. On
// the other half three people an item are chosen among those whose answers are there, by plan or in turn, and the truth
// says which answers are better.

#include "core/people/experience.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/consensus/guard.h"
#include "core/consensus/hierarchical.h"
#include "core/people/plan.h"
#include "core/stats/random.h"
#include "tests/core/consensus/answer_sets.h"
#include "tests/core/people/people_cases.h"

using namespace countersign;
using namespace countersign::people;
using namespace countersign::testing;
using Catch::Matchers::WithinAbs;

namespace {

constexpr int32_t kSlots = 3;

stats::AnswerTable half(const AnswerSet& set, uint32_t parity) {
    std::vector<stats::Answer> out;
    for (const stats::Answer& answer : set.answers.all()) {
        if (answer.item % 2 == parity) {
            out.push_back(answer);
        }
    }
    return {out, set.answers.items(), set.answers.reviewers(), set.answers.labels()};
}

struct Measured {
    std::vector<consensus::ReviewerSkill> skills;
    Crowd crowd;
};

Measured measure(const stats::AnswerTable& table) {
    const consensus::Consensus learnt = consensus::hierarchical(table);
    Measured out{.skills = consensus::reviewer_skills(learnt, table), .crowd = {}};
    out.crowd = crowd_of(out.skills);
    return out;
}

// Odd items, whose possible reviewers are those who answered them; each may do half as many more as is fair.
Town town_of(const AnswerSet& set, const Measured& measured) {
    Town out;
    const stats::AnswerTable odd = half(set, 1);
    std::vector<double> given(set.answers.reviewers(), 0);
    for (const stats::Answer& answer : odd.all()) {
        given[answer.reviewer] += 1;
    }
    const double share = kSlots * static_cast<double>(set.answers.items()) / 2 / static_cast<double>(odd.all().size());
    for (uint32_t j = 0; j < set.answers.reviewers(); ++j) {
        Reviewer& one = out.reviewers.emplace_back(Reviewer{.id = ActorId(concat(100'000 + j))});
        one.per_day.reviews = static_cast<int64_t>(1.5 * share * given[j]) + 1;
        one.experience.push_back(experience_of("item", measured.skills[j]));
    }
    for (uint32_t i = 1; i < set.answers.items(); i += 2) {
        Task& one = out.tasks.emplace_back(Task{.item = ItemId(concat(100'000 + i)), .kind = "item", .slots = kSlots});
        one.labels = static_cast<uint32_t>(set.answers.labels());
        // Whoever did not answer it in truth cannot.
        std::vector<bool> has(set.answers.reviewers(), false);
        for (const stats::Answer& answer : set.answers.of_item(i)) {
            has[answer.reviewer] = true;
        }
        for (uint32_t j = 0; j < has.size(); ++j) {
            if (!has[j]) {
                out.reviewers[j].conflicts.items.push_back(one.item);
            }
        }
    }
    return out;
}

// By plan, or in turn with the same limits: who has done least for his share of the day so far, by lot.
std::vector<stats::Answer> chosen_by_plan(const AnswerSet& set, const Town& town, const Measured& measured) {
    PlanInput input = town.input();
    input.crowd = measured.crowd;
    std::vector<stats::Answer> out;
    for (const Assignment& one : plan_reviews(input, Effort::greedy).assignments) {
        const auto item = static_cast<uint32_t>((2 * one.task) + 1);
        const auto answers = set.answers.of_item(item);
        out.push_back(*std::ranges::find(answers, static_cast<uint32_t>(one.reviewer), &stats::Answer::reviewer));
    }
    return out;
}

std::vector<stats::Answer> chosen_in_turn(const AnswerSet& set, const Town& town, uint64_t seed) {
    stats::Random random(seed);
    std::vector<int64_t> left;
    for (const Reviewer& one : town.reviewers) {
        left.push_back(*one.per_day.reviews);
    }
    std::vector<stats::Answer> out;
    for (uint32_t i = 1; i < set.answers.items(); i += 2) {
        const auto answers = set.answers.of_item(i);
        std::vector<stats::Answer> order(answers.begin(), answers.end());
        random.shuffle(order);
        int32_t taken = 0;
        for (const stats::Answer& answer : order) {
            if (taken < kSlots && left[answer.reviewer] > 0) {
                out.push_back(answer);
                --left[answer.reviewer];
                ++taken;
            }
        }
    }
    return out;
}

struct Judged {
    double answers_right = 0;  // share of the answers
    double items_right = 0;    // by majority; of ties each label has its part
};

Judged judge(const AnswerSet& set, const std::vector<stats::Answer>& answers) {
    const stats::AnswerTable table(answers, set.answers.items(), set.answers.reviewers(), set.answers.labels());
    const consensus::Consensus majority = consensus::consensus_by(consensus::Method::majority, table);
    std::vector<consensus::KnownTruth> odd;
    double right = 0;
    double judged = 0;
    for (const consensus::KnownTruth& known : set.truth) {
        if (known.item % 2 == 1) {
            odd.push_back(known);
            for (const stats::Answer& answer : table.of_item(known.item)) {
                judged += 1;
                right += answer.label == known.label ? 1 : 0;
            }
        }
    }
    return {right / judged, accuracy(majority, odd)};
}

}  // namespace

TEST_CASE("three people who were chosen by measured skill are more often right than three in turn") {
    struct Set {
        std::string name;
        double least_gain;  // of right answers
    };

    for (const Set& one :
         {Set{"bluebird", 0.02}, Set{"possent", 0.02}, Set{"rte", 0.02}, Set{"dog", 0.02}, Set{"movie-amt", 0.01}}) {
        const auto set = shared_answers(one.name);
        if (!set) {
            SKIP("no shared test data: data/aggregation/" + one.name);
        }
        const Measured measured = measure(half(*set, 0));
        const Town town = town_of(*set, measured);
        const std::vector<stats::Answer> planned = chosen_by_plan(*set, town, measured);
        const Judged by_plan = judge(*set, planned);
        Judged in_turn;
        size_t answers = 0;
        for (uint64_t seed = 1; seed <= 5; ++seed) {
            const std::vector<stats::Answer> turned = chosen_in_turn(*set, town, seed);
            const Judged found = judge(*set, turned);
            answers += turned.size();
            in_turn.answers_right += found.answers_right / 5;
            in_turn.items_right += found.items_right / 5;
        }
        INFO(one.name << ", seeds 1 to 5");
        std::printf(
            "%-9s three an item: answers right %.4f by plan, %.4f in turn; items by majority %.4f, %.4f; %zu and %zu "
            "answers\n",
            one.name.c_str(), by_plan.answers_right, in_turn.answers_right, by_plan.items_right, in_turn.items_right,
            planned.size(), answers / 5);
        CHECK(by_plan.answers_right > in_turn.answers_right + one.least_gain);
        CHECK(by_plan.items_right > in_turn.items_right);
    }
}

TEST_CASE("experience says the same as the skill that it comes from") {
    const auto set = shared_answers("possent");
    if (!set) {
        SKIP("no shared test data: data/aggregation/possent");
    }
    const Measured measured = measure(half(*set, 0));
    for (const consensus::ReviewerSkill& skill : measured.skills) {
        const Reviewer one{.id = ActorId("ana"), .experience = {experience_of("post", skill, 0)}};
        CHECK_THAT(correctness(one, "post", measured.crowd).mean, WithinAbs(skill.mean, 1e-12));
        CHECK(correctness(one, "post", measured.crowd).low > skill.low);
        CHECK_THAT(mean_correctness(one, "another kind", measured.crowd), WithinAbs(measured.crowd.correctness, 1e-12));
    }
    CHECK_THAT(experience_of("post", {}, 0.6931471805599453).time_factor, WithinAbs(2, 1e-12));
}
