#include "core/stats/answers.h"

#include <vector>

#include <catch_amalgamated.hpp>

using namespace countersign::stats;

namespace {

std::vector<uint32_t> labels_of(std::span<const Answer> answers) {
    std::vector<uint32_t> out;
    for (const Answer& answer : answers) {
        out.push_back(answer.label);
    }
    return out;
}

}  // namespace

TEST_CASE("answers come together by item, each item's in the order in which they were given") {
    const AnswerTable table({{2, 0, 1}, {0, 1, 0}, {2, 1, 3}, {0, 0, 2}, {2, 2, 0}}, 4, 3, 5);
    CHECK(table.items() == 4);
    CHECK(labels_of(table.of_item(0)) == std::vector<uint32_t>{0, 2});
    CHECK(table.of_item(1).empty());
    CHECK(labels_of(table.of_item(2)) == std::vector<uint32_t>{1, 3, 0});
    CHECK(table.of_item(3).empty());
    CHECK(table.all().size() == 5);
}

TEST_CASE("of a reviewer's repeated answers on an item, the last counts, or the first") {
    const std::vector<Answer> answers{{1, 7, 0}, {0, 7, 1}, {1, 7, 2}, {1, 8, 3}, {1, 7, 4}};
    CHECK(labels_of(without_repeats(answers, Repeats::keep_last)) == std::vector<uint32_t>{1, 3, 4});
    CHECK(labels_of(without_repeats(answers, Repeats::keep_first)) == std::vector<uint32_t>{0, 1, 3});
}
