// A model as one more voter, on ten thousand images with a model's probabilities and some fifty people's answers each.

#include "core/consensus/model_vote.h"

#include <algorithm>
#include <cstdlib>

#include <catch_amalgamated.hpp>

#include "core/stats/elementary.h"
#include "core/stats/random.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

using namespace countersign;
using namespace countersign::consensus;
using namespace countersign::testing;
using Catch::Matchers::WithinAbs;

namespace {

constexpr size_t kLabels = 10;
constexpr double kTemperature = 1.783;  // fitted on the even rows

struct Image {
    uint32_t truth = 0;
    std::array<double, kLabels> log_model{};
    std::array<double, kLabels> votes{};
};

// item_id,predicted_label,true_label,confidence,slice,p_*,h_*
std::optional<std::vector<Image>> images() {
    const auto csv = read_shared("data/routing/cifar10h-resnet110/items.csv");
    if (!csv) {
        return std::nullopt;
    }
    const std::vector<std::string> names{"airplane", "automobile", "bird",  "cat",  "deer",
                                         "dog",      "frog",       "horse", "ship", "truck"};
    std::vector<Image> out;
    const CsvTable table(*csv);
    for (size_t row = 0; row < table.rows(); ++row) {
        Image& image = out.emplace_back();
        image.truth = static_cast<uint32_t>(std::ranges::find(names, table.at(row, 2)) - names.begin());
        for (size_t k = 0; k < kLabels; ++k) {
            image.log_model[k] = stats::log(std::max(table.number_at(row, 5 + k), 1e-12));
            image.votes[k] = table.number_at(row, 15 + k);
        }
        log_softmax(image.log_model, kTemperature, image.log_model);
    }
    return out;
}

// One answer drawn from those that are left, without replacement.
uint32_t draw(std::array<double, kLabels>& left, stats::Random& random) {
    double all = 0;
    for (const double n : left) {
        all += n;
    }
    double at = random.uniform() * all;
    uint32_t k = 0;
    while (k + 1 < kLabels && at >= left[k]) {
        at -= left[k++];
    }
    left[k] -= 1;
    return k;
}

struct Tried {
    double right = 0;
    double votes = 0;
};

// On the odd rows, `least` to `most` votes each until one label is sure enough.
Tried ask(const std::vector<Image>& all, const PooledConfusions& people, const StoppingRule& rule, uint64_t seed) {
    stats::Random random(seed);
    Tried out;
    double images = 0;
    for (size_t i = 1; i < all.size(); i += 2) {
        RunningPosterior posterior(all[i].log_model);
        std::array<double, kLabels> left = all[i].votes;
        while (ask_next(posterior, rule) == AskNext::another) {
            posterior.add(people, draw(left, random));
        }
        images += 1;
        out.right += posterior.label() == all[i].truth ? 1 : 0;
        out.votes += static_cast<double>(posterior.votes());
    }
    return {out.right / images, out.votes / images};
}

}  // namespace

TEST_CASE("model and people together are more right than either, and stopping early costs little") {
    const auto all = images();
    if (!all) {
        SKIP("no shared test data: data/routing/cifar10h-resnet110");
    }
    PooledConfusions people(kLabels);
    for (size_t i = 0; i < all->size(); i += 2) {
        for (uint32_t k = 0; k < kLabels; ++k) {
            people.add_answers((*all)[i].truth, k, (*all)[i].votes[k]);
        }
    }
    const auto votes = [&](size_t n) { return ask(*all, people, {2, n, n}, 1).right; };
    CHECK_THAT(votes(0), WithinAbs(0.9418, 1e-4));
    // Which votes are drawn moves the others by a few images in five thousand.
    CHECK_THAT(votes(1), WithinAbs(0.9750, 0.004));
    CHECK_THAT(votes(3), WithinAbs(0.9854, 0.003));
    const Tried sure = ask(*all, people, {.certainty = 0.99, .most_votes = 40}, 1);
    CHECK_THAT(sure.right, WithinAbs(0.9870, 0.003));
    CHECK_THAT(sure.votes, WithinAbs(0.54, 0.03));
    const Tried surer = ask(*all, people, {.certainty = 0.999, .most_votes = 40}, 1);
    CHECK_THAT(surer.right, WithinAbs(0.9904, 0.003));
    CHECK_THAT(surer.votes, WithinAbs(1.01, 0.05));
}

TEST_CASE("whether to ask another reviewer") {
    const std::vector<double> prior{stats::log(0.6), stats::log(0.4)};
    RunningPosterior posterior(prior);
    const StoppingRule rule{.certainty = 0.95, .least_votes = 1, .most_votes = 3};
    CHECK(ask_next(posterior, rule) == AskNext::another);
    CHECK(ask_next(posterior, {.certainty = 0.5, .least_votes = 1, .most_votes = 3}) == AskNext::another);
    CHECK(ask_next(posterior, {.certainty = 0.5}) == AskNext::enough);
    const std::vector<double> for_first{stats::log(0.9), stats::log(0.1)};
    posterior.add(for_first);
    CHECK_THAT(posterior.certainty(), WithinAbs(0.54 / 0.58, 1e-12));
    CHECK(ask_next(posterior, rule) == AskNext::another);
    posterior.add(for_first);
    CHECK(ask_next(posterior, rule) == AskNext::enough);
    CHECK(posterior.label() == 0);
    CHECK(ask_next(posterior, {.certainty = 1.1, .most_votes = 2}) == AskNext::out_of_votes);
    CHECK_THAT(posterior.probabilities()[0] + posterior.probabilities()[1], WithinAbs(1, 1e-12));
}

TEST_CASE("a temperature flattens, and pooled confusions are counted") {
    const std::vector<double> logits{stats::log(0.8), stats::log(0.2)};
    std::vector<double> out(2);
    log_softmax(logits, 1, out);
    CHECK_THAT(stats::exp(out[0]), WithinAbs(0.8, 1e-12));
    log_softmax(logits, 2, out);
    CHECK_THAT(stats::exp(out[0]), WithinAbs(2.0 / 3, 1e-12));
    PooledConfusions people(2, 1);
    people.add_answers(0, 0, 6);
    people.add_answers(0, 1);
    CHECK_THAT(stats::exp(people.log_likelihood(0, 0)), WithinAbs(7.0 / 9, 1e-12));
    CHECK_THAT(stats::exp(people.log_likelihood(1, 0)), WithinAbs(0.5, 1e-12));
}
