// Boxes of several reviewers: small images by hand, and pedestrians against an expert's boxes.

#include "core/consensus/box_consensus.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include <catch_amalgamated.hpp>

#include "core/json/json.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

using namespace countersign;
using namespace countersign::consensus;
using namespace countersign::testing;
using agreement::Box;
using Catch::Matchers::WithinAbs;

namespace {

struct Pedestrians {
    std::vector<ImageReviews> images;
    std::vector<std::vector<Box>> truth;
    size_t reviewers = 0;
};

std::optional<Pedestrians> pedestrians() {
    const auto reviews = read_shared("data/boxes/pedestrians/reviews.csv");
    const auto boxes = read_shared("data/boxes/pedestrians/boxes.csv");
    const auto truth = read_shared("data/boxes/pedestrians/truth.csv");
    if (!reviews || !boxes || !truth) {
        return std::nullopt;
    }
    std::map<double, std::map<double, std::vector<Box>>> drawn;
    std::map<double, std::vector<Box>> expert;
    Pedestrians out;
    for (const auto& row : read_numbers(*reviews, 2)) {
        drawn[row[0]][row[1]] = {};
        out.reviewers = std::max(out.reviewers, static_cast<size_t>(row[1]) + 1);
    }
    for (const auto& row : read_numbers(*boxes, 7)) {
        drawn[row[0]][row[1]].push_back({row[3], row[4], row[5], row[6]});
    }
    for (const auto& row : read_numbers(*truth, 6)) {
        expert[row[0]].push_back({row[2], row[3], row[4], row[5]});
    }
    for (const auto& [image, by_reviewer] : drawn) {
        ImageReviews& one = out.images.emplace_back();
        for (const auto& [reviewer, list] : by_reviewer) {
            one.push_back({static_cast<uint32_t>(reviewer), list});
        }
        out.truth.push_back(expert[image]);
    }
    return out;
}

template <class Keep>
agreement::BoxCounts counts(const Pedestrians& set, const std::vector<std::vector<BoxCluster>>& found, Keep keep) {
    agreement::BoxCounts out;
    for (size_t i = 0; i < found.size(); ++i) {
        std::vector<Box> kept;
        for (const BoxCluster& cluster : found[i]) {
            if (keep(cluster)) {
                kept.push_back(cluster.box);
            }
        }
        out.add(set.truth[i], kept, 0.5);
    }
    return out;
}

bool by_half(const BoxCluster& cluster) {
    return cluster.seen_by.size() * 2 >= cluster.asked;
}

bool by_third(const BoxCluster& cluster) {
    return cluster.seen_by.size() * 3 >= cluster.asked;
}

}  // namespace

TEST_CASE("boxes that mean the same become one, others stay apart") {
    const ImageReviews reviews{{0, {{0, 0, 10, 10}, {50, 50, 60, 60}}},
                               {1, {{1, 0, 11, 10}, {50, 50, 60, 60, 1}}},
                               {2, {{0, 1, 10, 11}, {2, 2, 12, 12}}},
                               {3, {}}};
    const std::vector<BoxCluster> found = cluster_boxes(reviews);
    REQUIRE(found.size() == 4);
    CHECK(found[0].seen_by == std::vector<uint32_t>{0, 1, 2});
    CHECK(found[0].asked == 4);
    CHECK(found[0].exists == 0.75);
    CHECK_THAT(found[0].box.x1, WithinAbs(1.0 / 3, 1e-12));
    CHECK(found[1].seen_by == std::vector<uint32_t>{0});
    CHECK(found[2].box.label == 1);
    // The second box of the third reviewer overlaps too, but he has drawn one there already.
    CHECK(found[3].seen_by == std::vector<uint32_t>{2});
    CHECK(cluster_boxes(reviews, {.coordinates = Coordinates::median})[0].box.x1 == 0);
    CHECK(cluster_boxes({}).empty());
    CHECK(cluster_boxes({{0, {}}, {1, {}}}).empty());
    CHECK(box_consensus({}, 3).empty());
}

TEST_CASE("who draws what is not there counts less") {
    // The third reviewer sees something on each image that nobody else does.
    std::vector<ImageReviews> images;
    images.reserve(22);
    for (uint32_t i = 0; i < 20; ++i) {
        images.push_back({{0, {{0, 0, 10, 10}}}, {1, {{0, 0, 10, 10}}}, {2, {{70, 70, 80, 80}}}});
    }
    images.push_back({{0, {{30, 30, 40, 40}}}, {1, {}}});
    images.push_back({{2, {{30, 30, 40, 40}}}, {1, {}}});
    const auto found = box_consensus(images, 3);
    CHECK(found[0][0].exists > 0.95);
    CHECK(found[0][1].exists < 0.05);
    CHECK(found[20][0].exists > found[21][0].exists);
}

TEST_CASE("pedestrians of seven reviewers are nearer to the expert's than those of one") {
    const auto set = pedestrians();
    const auto text = read_shared("data/expected/spans-boxes.json");
    if (!set || !text) {
        SKIP("no shared test data: data/boxes/pedestrians");
    }
    const Json expected = *parse_json(*text).value().find("boxes/pedestrians");
    const auto target = [&](const char* path) { return expected.at_path(path)->number()->value; };
    const auto mean = box_consensus(set->images, set->reviewers);
    const auto median =
        box_consensus(set->images, set->reviewers, Method::majority, {.coordinates = Coordinates::median});
    const agreement::BoxCounts half = counts(*set, mean, by_half);
    CHECK_THAT(half.f1(), WithinAbs(target("consensus_half_mean.f1"), 1e-4));
    CHECK_THAT(*half.precision(), WithinAbs(target("consensus_half_mean.precision"), 1e-4));
    CHECK_THAT(*half.recall(), WithinAbs(target("consensus_half_mean.recall"), 1e-4));
    CHECK_THAT(*half.mean_iou(), WithinAbs(target("consensus_half_mean.mean_iou"), 1e-4));
    CHECK_THAT(counts(*set, median, by_half).f1(), WithinAbs(target("consensus_half_median.f1"), 1e-4));
    CHECK_THAT(*counts(*set, median, by_half).mean_iou(), WithinAbs(target("consensus_half_median.mean_iou"), 1e-4));
    CHECK_THAT(counts(*set, mean, by_third).f1(), WithinAbs(target("consensus_third_mean.f1"), 1e-4));
    // By what each reviewer misses and invents: at least as good as by half of the reviewers.
    const double modelled = counts(*set, mean, [](const BoxCluster& c) { return c.exists >= 0.5; }).f1();
    CHECK(modelled >= target("consensus_half_mean.f1"));
}
