// Skill against the truth on real sets, and what must hold on any.

#include "core/consensus/reviewer_skill.h"

#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/consensus/guard.h"
#include "tests/core/consensus/answer_sets.h"

using namespace countersign;
using namespace countersign::consensus;
using namespace countersign::testing;
using Catch::Matchers::WithinAbs;

namespace {

enum class Estimate { share, mean };

struct AgainstTruth {
    double spearman = 0;
    double mean_error = 0;
    double covered = 0;
};

// Over the reviewers with at least 20 answers whose truth is known.
AgainstTruth against_truth(const AnswerSet& set, const std::vector<ReviewerSkill>& skills, Estimate estimate) {
    std::vector<int64_t> truth(set.answers.items(), -1);
    for (const KnownTruth& known : set.truth) {
        truth[known.item] = known.label;
    }
    std::vector<double> right(set.answers.reviewers(), 0);
    std::vector<double> all(set.answers.reviewers(), 0);
    for (const stats::Answer& answer : set.answers.all()) {
        if (truth[answer.item] >= 0) {
            all[answer.reviewer] += 1;
            right[answer.reviewer] += answer.label == truth[answer.item] ? 1 : 0;
        }
    }
    std::vector<double> estimated;
    std::vector<double> measured;
    AgainstTruth out;
    for (size_t j = 0; j < all.size(); ++j) {
        if (all[j] >= 20) {
            const ReviewerSkill& skill = skills[j];
            estimated.push_back(estimate == Estimate::mean ? skill.mean
                                                           : skill.right / static_cast<double>(skill.answers));
            measured.push_back(right[j] / all[j]);
            out.mean_error += std::abs(estimated.back() - measured.back());
            out.covered += skills[j].low <= measured.back() && measured.back() <= skills[j].high ? 1 : 0;
        }
    }
    const auto reviewers = static_cast<double>(measured.size());
    out.spearman = spearman(estimated, measured);
    out.mean_error /= reviewers;
    out.covered /= reviewers;
    return out;
}

}  // namespace

TEST_CASE("the expected share of right answers orders reviewers as the truth does") {
    struct Target {
        std::string set;
        double spearman;
        double mean_error;
    };

    for (const Target& target : std::vector<Target>{{"possent", 0.954, 0.022},
                                                    {"rte", 0.822, 0.040},
                                                    {"bluebird", 0.972, 0.042},
                                                    {"weather-amt", 0.928, 0.041}}) {
        const auto set = shared_answers(target.set);
        if (!set) {
            SKIP("no shared test data: data/aggregation/" + target.set);
        }
        INFO(target.set);
        // The targets are those of plain Dawid-Skene with every answer counted.
        const Consensus plain = consensus_by(Method::dawid_skene, set->answers);
        const auto skills = reviewer_skills(plain, set->answers, {.own = OwnAnswers::counted});
        const AgainstTruth measured = against_truth(*set, skills, Estimate::share);
        CHECK(measured.spearman >= target.spearman - 0.002);
        CHECK(measured.mean_error <= target.mean_error + 0.001);
        // What is shown: the default's, own answers left out, drawn to the crowd's. The interval is that of the true
        // share; what was measured on 20 answers has noise of its own and falls outside a little oftener.
        const Consensus found = consensus_by(Method::hierarchical_with_wawa, set->answers);
        const AgainstTruth shown = against_truth(*set, reviewer_skills(found, set->answers), Estimate::mean);
        UNSCOPED_INFO("shown " << shown.spearman << " " << shown.mean_error << " " << shown.covered << ", plain "
                               << measured.spearman << " " << measured.mean_error);
        CHECK(shown.spearman >= target.spearman - 0.07);
        CHECK(shown.mean_error <= target.mean_error + 0.02);
        CHECK(shown.covered >= 0.85);
    }
}

TEST_CASE("nobody earns credit from agreeing with himself") {
    // The third answers some items alone: there only the prior can judge.
    const stats::AnswerTable table = written_answers({"000", "111", "000", "111", "..0", "..1", "..0", "..1"}, 2);
    const Consensus found = consensus_by(Method::hierarchical, table);
    const auto counted = reviewer_skills(found, table, {.own = OwnAnswers::counted});
    const auto left_out = reviewer_skills(found, table);
    CHECK(counted[2].right > 7);
    CHECK_THAT(left_out[2].right, WithinAbs(6, 0.1));
    CHECK(left_out[2].answers == 8);
    for (const ReviewerSkill& skill : left_out) {
        CHECK(skill.low < skill.mean);
        CHECK(skill.mean < skill.high);
    }
}

TEST_CASE("gold answers count as they are, and intervals narrow with answers") {
    const stats::AnswerTable table = written_answers({"01", "01", "01", "01", "01", ".1", ".1", ".1", ".1", ".1"}, 2);
    std::vector<KnownTruth> gold;
    gold.reserve(10);
    for (uint32_t item = 0; item < 10; ++item) {
        gold.push_back({item, 1});
    }
    const Consensus found = consensus_by(Method::hierarchical, table, {.known = gold});
    const auto skills = reviewer_skills(found, table, {.known = gold});
    CHECK(skills[0].right == 0);
    CHECK(skills[1].right == 10);
    // Beta(10 + 10 g, 10 (1 - g)) with g = 11/17.
    CHECK_THAT(skills[1].mean, WithinAbs((10 + (10.0 * 11 / 17)) / 20, 1e-12));
    CHECK(skills[1].high - skills[1].low < skills[0].high - skills[0].low);
}

TEST_CASE("a reviewer without answers has the crowd's skill, with a wide interval") {
    const stats::AnswerTable table = written_answers({"00.", "11.", "00.", "11."}, 2);
    const auto skills = reviewer_skills(consensus_by(Method::hierarchical, table), table);
    CHECK(skills[2].answers == 0);
    CHECK(skills[2].low < 0.6);
    CHECK(skills[2].high > 0.95);
}

TEST_CASE("bias and leniency name the reviewer who says 1 too often") {
    const stats::AnswerTable table = written_answers({"000", "001", "000", "001", "001", "000", "001", "001", "111",
                                                      "111", "111", "111", "111", "101", "011", "111"},
                                                     2);
    const Consensus found = consensus_by(Method::hierarchical, table);
    const std::vector<double> crowd = crowd_confusions(found, table);
    CHECK_THAT(crowd[0] + crowd[1], WithinAbs(1, 1e-12));
    CHECK(bias(found, crowd, 2, 0, 1) > 0.5);
    CHECK(bias(found, crowd, 0, 0, 1) < 0);
    CHECK(leniency(found, crowd, 2, 1) > 0.2);
    CHECK(leniency(found, crowd, 0, 1) < 0);
}
