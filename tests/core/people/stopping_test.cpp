// When enough people have been asked: cases, the arithmetic, and real crowds whose answers come one by one.

#include "core/people/stopping.h"

#include <cstdio>
#include <numeric>

#include <catch_amalgamated.hpp>

#include "core/consensus/hierarchical.h"
#include "core/consensus/reviewer_skill.h"
#include "core/stats/elementary.h"
#include "core/stats/random.h"
#include "tests/core/consensus/answer_sets.h"
#include "tests/core/people/people_cases.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::people;
using namespace countersign::testing;
using Catch::Matchers::WithinAbs;

namespace {

constexpr std::string_view kStops[] = {"ask_another", "settled", "not_worth_it", "out_of_answers"};

// Of a reviewer who is right so often, whatever the truth.
std::vector<double> one_coin(double right, size_t labels) {
    std::vector<double> out(labels * labels, (1 - right) / static_cast<double>(labels - 1));
    for (size_t k = 0; k < labels; ++k) {
        out[(k * labels) + k] = right;
    }
    return out;
}

// Answers of real people, whose confusions and the classes' frequencies were learnt on the even items without truth.
class RealCrowd {
public:
    explicit RealCrowd(const AnswerSet& set) : set_(set) {
        std::vector<stats::Answer> even;
        for (const stats::Answer& answer : set.answers.all()) {
            if (answer.item % 2 == 0) {
                even.push_back(answer);
            }
        }
        const stats::AnswerTable table(even, set.answers.items(), set.answers.reviewers(), set.answers.labels());
        learnt_ = consensus::hierarchical(table);
        confusions_ = consensus::crowd_confusions(learnt_, table);
    }

    struct Outcome {
        double right = 0;    // share of the odd items
        double answers = 0;  // an item
        double all_answers = 0;
        double majority = 0;  // share right of the majority of all their answers
    };

    Outcome run(const PosteriorRule& rule, uint64_t seed) const {
        stats::Random random(seed);
        Outcome out;
        double items = 0;
        for (const consensus::KnownTruth& known : set_.truth) {
            if (known.item % 2 == 0) {
                continue;
            }
            const auto given = set_.answers.of_item(known.item);
            std::vector<stats::Answer> answers(given.begin(), given.end());
            random.shuffle(answers);
            const consensus::RunningPosterior posterior = ask(answers, rule);
            items += 1;
            out.right += posterior.label() == known.label ? 1 : 0;
            out.answers += static_cast<double>(posterior.votes());
            out.all_answers += static_cast<double>(answers.size());
            out.majority += share_of_majority(answers, known.label);
        }
        return {out.right / items, out.answers / items, out.all_answers / items, out.majority / items};
    }

private:
    consensus::RunningPosterior ask(const std::vector<stats::Answer>& answers, const PosteriorRule& rule) const {
        const size_t labels = learnt_.labels;
        std::vector<double> prior;
        for (const double share : learnt_.class_prior) {
            prior.push_back(stats::log(share));
        }
        consensus::RunningPosterior posterior(prior);
        for (const stats::Answer& answer : answers) {
            if (decide_by_posterior(posterior, confusions_, rule).stop != Stop::ask_another) {
                break;
            }
            posterior.add(std::span(learnt_.log_likelihood)
                              .subspan(((answer.reviewer * labels) + answer.label) * labels, labels));
        }
        return posterior;
    }

    double share_of_majority(const std::vector<stats::Answer>& answers, uint32_t truth) const {
        std::vector<int> votes(learnt_.labels, 0);
        for (const stats::Answer& answer : answers) {
            ++votes[answer.label];
        }
        const int most = *std::ranges::max_element(votes);
        return votes[truth] == most ? 1.0 / static_cast<double>(std::ranges::count(votes, most)) : 0;
    }

    const AnswerSet& set_;
    consensus::Consensus learnt_;
    std::vector<double> confusions_;
};

}  // namespace

TEST_CASE("each case of answers is settled, continued or adjudicated as an expert would") {
    const Json cases = parse_json(read_case("people/stopping.json")).value();
    REQUIRE(cases.array()->size() >= 10);
    for (const Json& one : *cases.array()) {
        INFO(one.text_of("case"));
        std::vector<std::string> labels;
        for (const Json& label : *one.find("labels")->array()) {
            labels.push_back(*label.string());
        }
        std::vector<uint32_t> answers;
        for (const Json& answer : *one.find("answers")->array()) {
            answers.push_back(static_cast<uint32_t>(std::ranges::find(labels, *answer.string()) - labels.begin()));
        }
        if (const Json* quorum = one.find("quorum")) {
            const QuorumRule rule{.equal = static_cast<size_t>(*quorum->find("equal")->integer()),
                                  .most = static_cast<size_t>(*quorum->find("most")->integer())};
            const QuorumDecision decision = decide_by_quorum(answers, labels.size(), rule);
            CHECK(kStops[static_cast<size_t>(decision.stop)] == one.text_of("stop"));
            CHECK(sentence(decision, rule, labels) == one.text_of("said"));
            continue;
        }
        const Json& written = *one.find("posterior");
        const PosteriorRule rule{.certainty = written_number(*written.find("certainty")),
                                 .least = static_cast<size_t>(*written.find("least")->integer()),
                                 .most = static_cast<size_t>(*written.find("most")->integer()),
                                 .cost = written_number(*written.find("cost"))};
        const std::vector<double> confusions = one_coin(written_number(*one.find("right")), labels.size());
        std::vector<double> log_prior;
        for (const Json& p : *one.find("prior")->array()) {
            log_prior.push_back(stats::log(written_number(p)));
        }
        consensus::RunningPosterior posterior(log_prior);
        for (const uint32_t answer : answers) {
            std::vector<double> by_truth;
            for (size_t k = 0; k < labels.size(); ++k) {
                by_truth.push_back(stats::log(confusions[(k * labels.size()) + answer]));
            }
            posterior.add(by_truth);
        }
        const PosteriorDecision decision = decide_by_posterior(posterior, confusions, rule);
        CHECK(kStops[static_cast<size_t>(decision.stop)] == one.text_of("stop"));
        CHECK(sentence(decision, rule, labels) == one.text_of("said"));
    }
}

TEST_CASE("certainty to be expected is the sum over all sequences of answers") {
    const std::vector<double> posterior{0.5, 0.3, 0.2};
    const std::vector<double> confusions{0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.3, 0.1, 0.6};
    for (const size_t answers : {0U, 1U, 2U, 4U}) {
        // Every sequence by itself: 3^answers.
        double expected = 0;
        size_t sequences = 1;
        for (size_t n = 0; n < answers; ++n) {
            sequences *= 3;
        }
        for (size_t sequence = 0; sequence < sequences; ++sequence) {
            std::vector<double> joint = posterior;
            size_t rest = sequence;
            for (size_t n = 0; n < answers; ++n) {
                for (size_t k = 0; k < 3; ++k) {
                    joint[k] *= confusions[(k * 3) + (rest % 3)];
                }
                rest /= 3;
            }
            expected += *std::ranges::max_element(joint);
        }
        CHECK_THAT(certainty_after(posterior, confusions, answers), WithinAbs(expected, 1e-12));
    }
}

TEST_CASE("looking ahead sees what a single answer cannot") {
    const std::vector<double> posterior{0.95, 0.05};
    const std::vector<double> confusions = one_coin(0.9, 2);
    CHECK_THAT(certainty_after(posterior, confusions, 1), WithinAbs(0.95, 1e-12));
    CHECK(certainty_after(posterior, confusions, 2) > 0.955);
    CHECK(look_ahead(posterior, confusions, 1, 0.001).answers == 0);
    CHECK(look_ahead(posterior, confusions, 5, 0.001).answers >= 2);
    CHECK(look_ahead(posterior, confusions, 5, 0.1).answers == 0);
    // Whoever guesses is not worth asking.
    CHECK(look_ahead(posterior, one_coin(0.5, 2), 5, 0).answers == 0);
    // Many labels: looks as far as it may.
    const std::vector<double> many(50, 0.02);
    CHECK(look_ahead(many, one_coin(0.9, 50), 10, 0.001).answers >= 1);
}

TEST_CASE("real crowds: asked one by one until one label is sure, few answers are as right as all of them") {
    struct Set {
        std::string name;
        double least_right;  // of the odd items, mean of three orders of asking
        double most_answers;
        double below_majority;  // of all answers: more is not lost
    };

    // Where majority is no good answer (bluebird: people with opposite habits), much is gained.
    const Set sets[] = {{"possent", 0.945, 6.3, 0},
                        {"rte", 0.905, 5.5, 0},
                        {"movie-amt", 0.945, 2.6, 0.012},
                        {"bluebird", 0.880, 11.5, 0},
                        {"dog", 0.805, 4.9, 0.01}};
    for (const Set& one : sets) {
        const auto set = shared_answers(one.name);
        if (!set) {
            SKIP("no shared test data: data/aggregation/" + one.name);
        }
        const RealCrowd crowd(*set);
        RealCrowd::Outcome mean;
        for (uint64_t seed = 1; seed <= 3; ++seed) {
            const RealCrowd::Outcome found = crowd.run({.certainty = 0.99, .least = 1, .most = 40}, seed);
            mean.right += found.right / 3;
            mean.answers += found.answers / 3;
            mean.all_answers = found.all_answers;
            mean.majority = found.majority;
        }
        INFO("seeds 1 to 3, " << one.name);
        std::printf("%-9s until 0.99: right %.4f with %.2f of %.1f answers; majority of all %.4f\n", one.name.c_str(),
                    mean.right, mean.answers, mean.all_answers, mean.majority);
        CHECK(mean.right >= one.least_right);
        CHECK(mean.answers <= one.most_answers);
        CHECK(mean.right >= mean.majority - one.below_majority);
    }
}

TEST_CASE("real crowds: a price on answers ends asking where it would not help any more") {
    const auto set = shared_answers("rte");
    if (!set) {
        SKIP("no shared test data: data/aggregation/rte");
    }
    const RealCrowd crowd(*set);
    double before = 11;
    for (const double cost : {0.0, 0.002, 0.02}) {
        const RealCrowd::Outcome found = crowd.run({.certainty = 0.999, .least = 1, .most = 10, .cost = cost}, 1);
        std::printf("rte until 0.999, an answer costs %.3f of an error: right %.4f with %.2f answers\n", cost,
                    found.right, found.answers);
        CHECK(found.answers < before);
        // What is saved is worth more than the errors that it makes.
        const RealCrowd::Outcome free = crowd.run({.certainty = 0.999, .least = 1, .most = 10}, 1);
        CHECK(found.right - (cost * found.answers) >= free.right - (cost * free.answers) - 0.01);
        before = found.answers;
    }
}
