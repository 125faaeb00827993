#include "core/agreement/spans.h"

#include <cmath>
#include <map>

#include <catch_amalgamated.hpp>

#include "core/agreement/alpha.h"
#include "core/stats/random.h"
#include "tests/core/agreement/answer_cases.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

using namespace countersign;
using namespace countersign::testing;
using namespace countersign::agreement;

namespace {

using Review = std::vector<MarkedSpan>;

// data/spans/toxic-spans: a text has a review for each row of reviews.csv, also where nothing was marked.
std::optional<std::vector<MarkedText>> toxic_spans() {
    const auto lengths = read_shared("data/spans/toxic-spans/texts.csv");
    const auto reviews = read_shared("data/spans/toxic-spans/reviews.csv");
    const auto spans = read_shared("data/spans/toxic-spans/spans.csv");
    if (!lengths || !reviews || !spans) {
        return std::nullopt;
    }
    std::map<int64_t, size_t> numbers;
    std::vector<MarkedText> out;
    for (const auto& row : read_whole_numbers(*lengths, 2)) {
        numbers[row.at(0)] = out.size();
        out.push_back({static_cast<uint32_t>(row.at(1)), {}});
    }
    std::map<std::pair<size_t, int64_t>, size_t> places;
    for (const auto& row : read_whole_numbers(*reviews, 2)) {
        const size_t text = numbers.at(row.at(0));
        places[{text, row.at(1)}] = out[text].reviews.size();
        out[text].reviews.emplace_back();
    }
    for (const auto& row : read_whole_numbers(*spans, 4)) {
        const size_t text = numbers.at(row.at(0));
        out[text].reviews[places.at({text, row.at(1)})].push_back(
            {static_cast<uint32_t>(row.at(2)), static_cast<uint32_t>(row.at(3)), 0});
    }
    return out;
}

std::vector<MarkedText> random_texts(uint64_t seed) {
    stats::Random random(seed);
    std::vector<MarkedText> out;
    for (int i = 0; i < 12; ++i) {
        MarkedText text{static_cast<uint32_t>(random.below(30)), {}};
        for (uint64_t reviews = random.below(5); reviews > 0; --reviews) {
            Review review;
            for (uint64_t spans = random.below(4); spans > 0; --spans) {
                const auto begin = static_cast<uint32_t>(random.below(32));
                review.push_back(
                    {begin, begin + static_cast<uint32_t>(random.below(10)), static_cast<uint32_t>(random.below(2))});
            }
            text.reviews.push_back(review);
        }
        out.push_back(text);
    }
    return out;
}

bool marks(const Review& review, uint32_t position) {
    return std::ranges::any_of(
        review, [position](const MarkedSpan& span) { return span.begin <= position && position < span.end; });
}

// Every character as an item of its own.
AlphaOutcome slow_character_alpha(const std::vector<MarkedText>& texts) {
    std::vector<stats::Answer> answers;
    uint32_t item = 0;
    for (const MarkedText& text : texts) {
        for (uint32_t position = 0; position < text.length; ++position, ++item) {
            for (uint32_t reviewer = 0; reviewer < text.reviews.size(); ++reviewer) {
                answers.push_back({item, reviewer, marks(text.reviews[reviewer], position) ? 1U : 0U});
            }
        }
    }
    return krippendorff_alpha(Ratings(stats::AnswerTable(answers, item, 5, 2)), Distance::nominal(2));
}

}  // namespace

TEST_CASE("two reviews of a text are compared by characters and by spans") {
    const Review first{{0, 10, 0}, {20, 24, 0}};
    const Review second{{0, 8, 0}, {30, 34, 0}};
    const SpanPair pair = compare_spans(first, second, 100, 2);
    CHECK(pair.character_f1 == Catch::Approx(16.0 / 26));
    CHECK(pair.character_iou == Catch::Approx(8.0 / 18));
    CHECK(pair.same == 0);
    CHECK(pair.span_f1 == 0);
    CHECK(pair.near_span_f1 == 0.5);
}

TEST_CASE("nothing and nothing agree, nothing and something do not") {
    const SpanPair both = compare_spans({}, {}, 10, 1);
    CHECK(both.character_f1 == 1);
    CHECK(both.character_iou == 1);
    CHECK(both.same == 1);
    CHECK(both.span_f1 == 1);
    const Review some{{2, 4, 0}};
    const SpanPair one = compare_spans({}, some, 10, 1);
    CHECK(one.character_f1 == 0);
    CHECK(one.same == 0);
    CHECK(one.near_span_f1 == 0);
}

TEST_CASE("what lies beyond the text does not count, and the same characters in other pieces are the same") {
    const Review whole_word{{4, 90, 0}, {7, 7, 0}};
    const Review pieces{{4, 7, 0}, {6, 9, 0}, {9, 12, 0}};
    const SpanPair pair = compare_spans(whole_word, pieces, 12, 0);
    CHECK(pair.character_f1 == 1);
    CHECK(pair.same == 1);
    CHECK(pair.span_f1 == 0);
}

TEST_CASE("the same characters under another label are something else") {
    const Review first{{0, 4, 0}, {6, 9, 1}};
    const Review second{{0, 4, 1}, {6, 9, 1}};
    const SpanPair pair = compare_spans(first, second, 10, 0);
    CHECK(pair.character_f1 == Catch::Approx(6.0 / 14));
    CHECK(pair.span_f1 == 0.5);
}

TEST_CASE("near spans are matched so that most find one: first come, first served would lose one") {
    // 10-20 is near to both, 12-22 only to 11-21.
    const Review first{{10, 20, 0}, {12, 22, 0}};
    const Review second{{11, 21, 0}, {9, 19, 0}};
    CHECK(compare_spans(first, second, 100, 1).near_span_f1 == 1);
}

TEST_CASE("alpha of characters is that of every character as an item") {
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        const auto texts = random_texts(seed);
        const auto fast = character_alpha(texts, {.resamples = 20}).alpha;
        const auto slow = slow_character_alpha(texts);
        REQUIRE(std::holds_alternative<Alpha>(slow));
        CHECK(std::abs(std::get<Alpha>(fast).value - std::get<Alpha>(slow).value) < 1e-12);
        CHECK(std::get<Alpha>(fast).units == std::get<Alpha>(slow).units);
        CHECK(std::get<Alpha>(fast).answers == std::get<Alpha>(slow).answers);
    }
}

TEST_CASE("where nobody marked anything, or nobody was alone with a text, alpha of characters is undefined") {
    const std::vector<MarkedText> unmarked{{10, {{}, {}}}};
    CHECK(std::get<Undefined>(character_alpha(unmarked, {}).alpha) == Undefined::one_value_only);
    const std::vector<MarkedText> alone{{10, {{{1, 2, 0}}}}};
    CHECK(std::get<Undefined>(character_alpha(alone, {}).alpha) == Undefined::no_pairable_unit);
    CHECK(std::get<Undefined>(span_agreement(alone, 0)) == Undefined::no_pairable_unit);
    CHECK(std::get<Undefined>(character_alpha({}, {}).alpha) == Undefined::no_pairable_unit);
    const std::vector<MarkedText> one{{10, {{{1, 2, 0}}, {}}}};
    CHECK(std::holds_alternative<Alpha>(character_alpha(one, {}).alpha));
    CHECK(std::get<Undefined>(character_alpha(one, {}).spread) == Undefined::single_unit);
}

TEST_CASE("spans that real reviewers marked agree as the reference says") {
    const auto texts = toxic_spans();
    const auto reference = read_shared("data/expected/spans-boxes.json");
    if (!texts || !reference) {
        SKIP("no shared test data: data/spans");
    }
    const Json expected = *parse_json(*reference).value().find("spans/toxic-spans");
    const auto agreement = std::get<SpanAgreement>(span_agreement(*texts, 2));
    const auto check = [&](const char* name, double got) {
        CAPTURE(name, got);
        CHECK(std::abs(got - number_of(*expected.find(name))) <= 0.501e-4);
    };
    CHECK(agreement.texts == 4000);
    check("pairwise_char_f1", agreement.mean.character_f1);
    check("pairwise_char_iou", agreement.mean.character_iou);
    check("pairwise_exact", agreement.mean.same);
    CHECK(agreement.mean.near_span_f1 > agreement.mean.span_f1);
    const CharacterAlpha alpha = character_alpha(*texts, {.resamples = 300});
    check("character_alpha_nominal", std::get<Alpha>(alpha.alpha).value);
    const auto& spread = std::get<AlphaSpread>(alpha.spread);
    CHECK(spread.percentile.low < 0.2105);
    CHECK(spread.percentile.high > 0.2105);
    // Were characters drawn instead of texts, it would be some twenty times narrower.
    CHECK(spread.standard_error > 0.003);
    CHECK(spread.standard_error < 0.02);
}
