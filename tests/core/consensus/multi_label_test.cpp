#include "core/consensus/multi_label.h"

#include <catch_amalgamated.hpp>

#include "core/stats/random.h"

using namespace countersign;
using namespace countersign::consensus;

namespace {

struct Sample {
    std::vector<LabelSet> answers;
    std::vector<std::vector<bool>> truth;
};

// Two careful reviewers, one who leaves out half of what is there, and one who ticks at random.
Sample sample(uint64_t seed) {
    stats::Random random(seed);
    Sample out;
    for (uint32_t item = 0; item < 150; ++item) {
        const std::vector<bool> truth{random.uniform() < 0.5, random.uniform() < 0.2, random.uniform() < 0.05};
        for (uint32_t j = 0; j < 4; ++j) {
            LabelSet& said = out.answers.emplace_back(LabelSet{item, j});
            for (uint32_t label = 0; label < 3; ++label) {
                const double u = random.uniform();
                const bool careful = truth[label] ? u < 0.92 : u < 0.05;
                const bool forgetful = truth[label] && u < 0.5;
                if (j < 2 ? careful : j == 2 ? forgetful : u < 0.5) {
                    said.labels.push_back(label);
                }
            }
        }
        out.truth.push_back(truth);
    }
    return out;
}

double wrong(const MultiLabelConsensus& found, const Sample& sample) {
    double out = 0;
    for (size_t item = 0; item < sample.truth.size(); ++item) {
        for (size_t label = 0; label < 3; ++label) {
            out += (found.of_item(item)[label] >= 0.5) == sample.truth[item][label] ? 0 : 1;
        }
    }
    return out;
}

// A label is present where more than half ticked it.
double wrong_by_majority(const Sample& sample) {
    std::vector<double> votes(sample.truth.size() * 3, 0);
    for (const LabelSet& said : sample.answers) {
        for (const uint32_t label : said.labels) {
            votes[(said.item * 3) + label] += 1;
        }
    }
    double out = 0;
    for (size_t i = 0; i < votes.size(); ++i) {
        out += (votes[i] >= 2.5) == sample.truth[i / 3][i % 3] ? 0 : 1;
    }
    return out;
}

}  // namespace

TEST_CASE("labels are present or not, by reviewers as good as they are: fewer errors than by majority") {
    double by_model = 0;
    double by_majority = 0;
    for (const uint64_t seed : {1U, 2U, 3U, 4U}) {
        INFO("seed " << seed);
        const Sample from = sample(seed);
        const MultiLabelConsensus found = multi_label(from.answers, 150, 4, 3);
        by_model += wrong(found, from);
        by_majority += wrong_by_majority(from);
        CHECK(found.skill[0] > found.skill[2]);
        CHECK(found.skill[2] > found.skill[3]);
    }
    INFO(by_model << " wrong, by majority " << by_majority);
    CHECK(by_model < by_majority);
}

TEST_CASE("no labels is an answer, and no answers are none") {
    const std::vector<LabelSet> answers{{0, 0, {0}}, {0, 1, {0}},    {1, 0, {}},
                                        {1, 1, {}},  {2, 0, {0, 1}}, {2, 1, {0, 1}}};
    const MultiLabelConsensus found = multi_label(answers, 4, 2, 2);
    CHECK(found.of_item(0)[0] > 0.9);
    CHECK(found.of_item(0)[1] < 0.1);
    CHECK(found.of_item(1)[0] < 0.2);
    CHECK(found.of_item(2)[1] > 0.8);
    CHECK(found.of_item(3)[0] > 0.1);
    CHECK(found.of_item(3)[0] < 0.9);
    CHECK(multi_label({}, 2, 1, 2).present.size() == 4);
    CHECK(multi_label({}, 0, 0, 0).present.empty());
}
