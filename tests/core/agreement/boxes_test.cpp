#include "core/agreement/boxes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>

#include <catch_amalgamated.hpp>

#include "core/stats/assignment.h"
#include "core/stats/random.h"
#include "tests/core/agreement/answer_cases.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

using namespace countersign;
using namespace countersign::testing;
using namespace countersign::agreement;

namespace {

Box box_at(const std::vector<double>& row, size_t first) {
    return {row.at(first), row.at(first + 1), row.at(first + 2), row.at(first + 3), 0};
}

int64_t id_at(const std::vector<double>& row, size_t column) {
    return static_cast<int64_t>(row.at(column));
}

struct Pedestrians {
    std::map<int64_t, std::vector<Box>> truth;
    std::map<int64_t, std::map<int64_t, std::vector<Box>>> reviews;
};

std::optional<Pedestrians> pedestrians() {
    const auto truth = read_shared("data/boxes/pedestrians/truth.csv");
    const auto reviews = read_shared("data/boxes/pedestrians/reviews.csv");
    const auto boxes = read_shared("data/boxes/pedestrians/boxes.csv");
    if (!truth || !reviews || !boxes) {
        return std::nullopt;
    }
    Pedestrians out;
    for (const auto& row : read_numbers(*truth, 6)) {
        out.truth[id_at(row, 0)].push_back(box_at(row, 2));
    }
    for (const auto& row : read_numbers(*reviews, 2)) {
        out.reviews[id_at(row, 0)][id_at(row, 1)];
    }
    for (const auto& row : read_numbers(*boxes, 7)) {
        out.reviews.at(id_at(row, 0)).at(id_at(row, 1)).push_back(box_at(row, 3));
    }
    return out;
}

// The largest total over all ways to assign the smaller side; both at most 6.
double slow_best(const std::vector<double>& scores, size_t rows, size_t columns) {
    const size_t larger = std::max(rows, columns);
    std::vector<size_t> order(larger);
    std::iota(order.begin(), order.end(), size_t{0});
    double best = 0;
    do {
        double sum = 0;
        for (size_t row = 0; row < rows; ++row) {
            sum += order[row] < columns ? scores[(row * columns) + order[row]] : 0;
        }
        best = std::max(best, sum);
    } while (std::ranges::next_permutation(order).found);
    return best;
}

}  // namespace

TEST_CASE("the assignment is the best of all, for any shape, and one to one") {
    stats::Random random(17);
    for (int round = 0; round < 300; ++round) {
        CAPTURE(round);
        const auto rows = static_cast<size_t>(random.below(6));
        const auto columns = static_cast<size_t>(random.below(6));
        std::vector<double> scores;
        scores.reserve(rows * columns);
        for (size_t i = 0; i < rows * columns; ++i) {
            // Many equal ones and zeros.
            scores.push_back(random.uniform() < 0.3 ? 0 : static_cast<double>(random.below(8)) / 8);
        }
        const auto got = stats::best_assignment(scores, rows, columns);
        REQUIRE(got.size() == rows);
        std::vector<bool> taken(columns, false);
        double sum = 0;
        for (size_t row = 0; row < rows; ++row) {
            if (got[row]) {
                REQUIRE(*got[row] < columns);
                CHECK(!taken[*got[row]]);
                taken[*got[row]] = true;
                CHECK(scores[(row * columns) + *got[row]] > 0);
                sum += scores[(row * columns) + *got[row]];
            }
        }
        CHECK(std::abs(sum - slow_best(scores, rows, columns)) < 1e-12);
    }
}

TEST_CASE("intersection over union of boxes") {
    const Box box{0, 0, 4, 2, 0};
    CHECK(iou(box, box) == 1);
    CHECK(iou(box, {2, 0, 6, 2, 0}) == Catch::Approx(1.0 / 3));
    CHECK(iou(box, {4, 0, 6, 2, 0}) == 0);
    CHECK(iou(box, {1, 1, 1, 1, 0}) == 0);
    CHECK(iou({1, 1, 1, 1, 0}, {1, 1, 1, 1, 0}) == 0);
}

TEST_CASE("boxes match one to one, under the same label, from the threshold on") {
    const std::vector<Box> first{{0, 0, 10, 10, 0}, {20, 0, 30, 10, 1}};
    const std::vector<Box> second{{0, 0, 10, 9, 0}, {0, 0, 10, 8, 0}, {20, 0, 30, 10, 0}};
    const auto matches = match_boxes(first, second, 0.5);
    REQUIRE(matches.size() == 1);
    CHECK(matches[0].first == 0);
    CHECK(matches[0].second == 0);
    CHECK(matches[0].iou == Catch::Approx(0.9));
    CHECK(match_boxes(first, second, 0.95).empty());
}

TEST_CASE("reviewers who saw nothing agree; one alone says nothing about agreement") {
    const std::vector<BoxReviews> empty{{{}, {}}};
    const auto agreement = std::get<BoxAgreement>(box_agreement(empty, 0.5));
    CHECK(agreement.mean_f1 == 1);
    CHECK(agreement.counts.f1() == 1);
    CHECK(!agreement.counts.precision());
    CHECK(!agreement.counts.mean_iou());
    const std::vector<BoxReviews> alone{{{{0, 0, 1, 1, 0}}}};
    CHECK(std::get<Undefined>(box_agreement(alone, 0.5)) == Undefined::no_pairable_unit);
}

TEST_CASE("boxes that real reviewers drew meet an expert's as the reference says") {
    const auto data = pedestrians();
    const auto reference = read_shared("data/expected/spans-boxes.json");
    if (!data || !reference) {
        SKIP("no shared test data: data/boxes");
    }
    const Json all = *parse_json(*reference).value().find("boxes/pedestrians");
    const Json& expected = *all.find("single_reviewer");
    BoxCounts counts;
    size_t reviews = 0;
    std::vector<BoxReviews> images;
    for (const auto& [image, by_reviewer] : data->reviews) {
        const auto at = data->truth.find(image);
        images.emplace_back();
        for (const auto& [reviewer, boxes] : by_reviewer) {
            counts.add(at == data->truth.end() ? std::span<const Box>{} : std::span<const Box>(at->second), boxes, 0.5);
            images.back().push_back(boxes);
            ++reviews;
        }
    }
    const auto check = [&](const char* name, double got) {
        CAPTURE(name, got);
        CHECK(std::abs(got - number_of(*expected.find(name))) <= 0.501e-4);
    };
    check("precision", *counts.precision());
    check("recall", *counts.recall());
    check("f1", counts.f1());
    check("errors_per_image",
          static_cast<double>(counts.first + counts.second - (2 * counts.matched)) / static_cast<double>(reviews));
    const auto loose = std::get<BoxAgreement>(box_agreement(images, 0.5));
    const auto strict = std::get<BoxAgreement>(box_agreement(images, 0.75));
    CHECK(loose.images == 704);
    CHECK(loose.counts.f1() > strict.counts.f1());
    CHECK(*loose.counts.mean_iou() < *strict.counts.mean_iou());
}
