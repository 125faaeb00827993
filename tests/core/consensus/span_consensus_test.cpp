// Marked passages brought together: small texts by hand, and toxic passages of four thousand comments.

#include "core/consensus/span_consensus.h"

#include <algorithm>
#include <map>

#include <catch_amalgamated.hpp>

#include "core/json/json.h"
#include "tests/core/consensus/answer_sets.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

using namespace countersign;
using namespace countersign::consensus;
using namespace countersign::testing;
using agreement::MarkedSpan;

namespace {

// "begin-end label": for failures that can be read.
std::vector<std::string> shown(const std::vector<ConsensusSpan>& spans) {
    std::vector<std::string> out;
    out.reserve(spans.size());
    for (const ConsensusSpan& one : spans) {
        out.push_back(std::to_string(one.span.begin) + "-" + std::to_string(one.span.end) + " " +
                      std::to_string(one.span.label));
    }
    return out;
}

using Shown = std::vector<std::string>;

constexpr SpanOptions kPlain{.method = Method::majority, .gap = 0, .boundaries = Boundaries::of_pieces};

}  // namespace

TEST_CASE("what more than half marked belongs, a tie does not") {
    const std::vector<ReviewedText> texts{
        {30, {{0, {{2, 10}}}, {1, {{4, 12}}}, {2, {{4, 9}, {20, 25}}}}},
        {30, {{0, {{2, 10}}}, {1, {}}}},
        {30, {{0, {}}, {1, {}}}},
        {8, {{0, {{2, 100}}}}},
    };
    const auto found = span_consensus(texts, 3, kPlain);
    CHECK(shown(found[0]) == Shown{"4-10 0"});
    CHECK(found[1].empty());
    CHECK(found[2].empty());
    CHECK(shown(found[3]) == Shown{"2-8 0"});
    CHECK(found[0][0].certainty > 0.8);
    CHECK(span_consensus({}, 0, kPlain).empty());
}

TEST_CASE("small gaps are closed, labels are apart, ends are the members' medians") {
    const std::vector<ReviewedText> texts{{40,
                                           {{0, {{0, 4}, {5, 9}, {20, 30, 1}}},
                                            {1, {{0, 4}, {5, 9}, {22, 30, 1}}},
                                            {2, {{0, 9}, {22, 31, 1}, {35, 38}}}}}};
    CHECK(shown(span_consensus(texts, 3, kPlain)[0]) == Shown{"0-4 0", "5-9 0", "22-30 1"});
    const std::vector<ReviewedText> split{{40, {{0, {{0, 4}, {5, 9}}}, {1, {{0, 4}, {5, 9}}}}}};
    CHECK(shown(span_consensus(split, 2, kPlain)[0]) == Shown{"0-4 0", "5-9 0"});
    CHECK(shown(span_consensus(split, 2,
                               {.method = Method::majority, .gap = 1, .boundaries = Boundaries::of_pieces})[0]) ==
          Shown{"0-9 0"});
    // Four reviewers: one word or the phrase around it.
    const std::vector<ReviewedText> phrase{{40, {{0, {{10, 20}}}, {1, {{12, 18}}}, {2, {{12, 20}}}, {3, {{12, 18}}}}}};
    const SpanOptions settled{.method = Method::majority};
    CHECK(shown(span_consensus(phrase, 4, settled)[0]) == Shown{"12-18 0"});
}

TEST_CASE("who marks everything counts less") {
    std::vector<ReviewedText> texts;
    texts.reserve(22);
    for (uint32_t i = 0; i < 20; ++i) {
        texts.push_back({50, {{0, {{i, i + 5}}}, {1, {{i, i + 5}}}, {2, {{0, 50}}}}});
    }
    // One of the careful reviewers and the careless one; then the two careful ones disagree.
    texts.push_back({50, {{0, {}}, {1, {}}, {2, {{0, 50}}}}});
    texts.push_back({50, {{0, {{3, 6}}}, {2, {{0, 50}}}}});
    const auto found = span_consensus(texts, 3);
    CHECK(shown(found[4]) == Shown{"4-9 0"});
    CHECK(found[20].empty());
    REQUIRE(found[21].size() == 1);
    CHECK(found[21][0].span.end <= 50);
}

TEST_CASE("comments have as many passages that more than half marked as the publishers say") {
    const auto reviews = read_shared("data/spans/toxic-spans/reviews.csv");
    const auto spans = read_shared("data/spans/toxic-spans/spans.csv");
    const auto lengths = read_shared("data/spans/toxic-spans/texts.csv");
    const auto text = read_shared("data/expected/spans-boxes.json");
    if (!reviews || !spans || !lengths || !text) {
        SKIP("no shared test data: data/spans/toxic-spans");
    }
    std::map<int64_t, std::map<int64_t, std::vector<MarkedSpan>>> marked;
    size_t reviewers = 0;
    for (const auto& row : read_whole_numbers(*reviews, 2)) {
        marked[row[0]][row[1]] = {};
        reviewers = std::max(reviewers, static_cast<size_t>(row[1]) + 1);
    }
    for (const auto& row : read_whole_numbers(*spans, 4)) {
        marked[row[0]][row[1]].push_back({static_cast<uint32_t>(row[2]), static_cast<uint32_t>(row[3])});
    }
    std::vector<ReviewedText> texts;
    for (const auto& row : read_whole_numbers(*lengths, 2)) {
        ReviewedText& one = texts.emplace_back(ReviewedText{.length = static_cast<uint32_t>(row[1])});
        for (const auto& [reviewer, list] : marked[row[0]]) {
            one.reviews.push_back({static_cast<uint32_t>(reviewer), list});
        }
    }
    const auto found = span_consensus(texts, reviewers, kPlain);
    const Json expected = *parse_json(*text).value().find("spans/toxic-spans");
    const auto nonempty = std::ranges::count_if(found, [](const auto& list) { return !list.empty(); });
    CHECK(nonempty == *expected.find("texts_with_nonempty_consensus")->integer());
    for (const auto& list : span_consensus(texts, reviewers)) {
        for (size_t i = 0; i < list.size(); ++i) {
            REQUIRE(list[i].span.begin < list[i].span.end);
            REQUIRE((i == 0 || list[i - 1].span.end <= list[i].span.begin));
        }
    }
}
