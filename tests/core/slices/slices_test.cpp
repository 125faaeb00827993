// Slices: against all conjunctions counted one by one, the reference's ten, and how far they can be believed.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/json/number.h"
#include "core/slices/evidence.h"
#include "core/slices/search.h"
#include "core/stats/elementary.h"
#include "core/stats/random.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

using namespace countersign;
using namespace countersign::slices;
using Catch::Approx;

namespace {

struct Data {
    std::vector<Column> columns;
    std::vector<Outcome> outcomes;
};

// Columns of a few values; wrong with probability 0.1, and with 0.5 where the first two columns are 0 if so planted.
Data drawn(stats::Random& random, size_t items, double planted) {
    Data out;
    constexpr size_t kColumns = 5;
    for (size_t c = 0; c < kColumns; ++c) {
        Column column{.name = "c" + std::to_string(c), .values = {}, .of_item = {}};
        for (size_t v = 0; v < 2 + c; ++v) {
            column.values.push_back(std::to_string(v));
        }
        for (size_t i = 0; i < items; ++i) {
            column.of_item.push_back(static_cast<uint32_t>(random.below(column.values.size())));
        }
        out.columns.push_back(std::move(column));
    }
    for (size_t i = 0; i < items; ++i) {
        const bool bad = out.columns[0].of_item[i] == 0 && out.columns[1].of_item[i] == 0;
        out.outcomes.push_back(random.uniform() < (bad ? planted : 0.1) ? Outcome::wrong : Outcome::right);
    }
    return out;
}

// Every conjunction of up to three values, without any bound.
std::vector<Slice> all_slices(const Data& data, const SearchOptions& options) {
    const auto items = static_cast<int64_t>(data.outcomes.size());
    const auto errors = static_cast<int64_t>(std::ranges::count(data.outcomes, Outcome::wrong));
    std::vector<Slice> out;
    std::vector<std::vector<Literal>> level{{}};
    for (size_t literals = 1; literals <= options.most_literals; ++literals) {
        std::vector<std::vector<Literal>> next;
        for (const auto& prefix : level) {
            for (uint32_t c = prefix.empty() ? 0 : prefix.back().column + 1; c < data.columns.size(); ++c) {
                for (uint32_t v = 0; v < data.columns[c].values.size(); ++v) {
                    next.push_back(prefix);
                    next.back().push_back({c, v});
                }
            }
        }
        level = next;
        for (const auto& conjunction : level) {
            Slice slice{.literals = conjunction};
            for (size_t i = 0; i < data.outcomes.size(); ++i) {
                const bool in = std::ranges::all_of(
                    conjunction, [&](const Literal& one) { return data.columns[one.column].of_item[i] == one.value; });
                slice.size += in ? 1 : 0;
                slice.errors += in && data.outcomes[i] == Outcome::wrong ? 1 : 0;
            }
            if (slice.size >= options.least_items) {
                slice.score = score_of({items, errors, slice.size, slice.errors}, options.alpha);
                out.push_back(slice);
            }
        }
    }
    std::erase_if(out, [](const Slice& slice) { return slice.score <= 0; });
    std::ranges::sort(out, [](const Slice& a, const Slice& b) {
        return a.score != b.score ? a.score > b.score : (a.size != b.size ? a.size > b.size : a.literals < b.literals);
    });
    out.resize(std::min(out.size(), options.top));
    return out;
}

Data read_adult(const std::string& csv) {
    const auto named = testing::read_predictions(csv);
    const testing::CsvTable table(csv);
    Data out;
    for (const std::string& name : table.names()) {
        if (name.starts_with("slice_")) {
            out.columns.push_back(categories(name.substr(6), named.slices.at(name.substr(6))));
        }
    }
    for (const table::Prediction& prediction : named.predictions) {
        out.outcomes.push_back(prediction.right() ? Outcome::right : Outcome::wrong);
    }
    return out;
}

// "sex=Male & marital=Married-civ-spouse", as the reference writes it.
std::string as_reference(const std::vector<Column>& columns, const Slice& slice) {
    std::string name = name_of(columns, slice.literals);
    for (size_t at = name.find(" = "); at != std::string::npos; at = name.find(" = ")) {
        name.replace(at, 3, "=");
    }
    return name;
}

}  // namespace

TEST_CASE("the search finds what counting every conjunction finds, by much less counting") {
    constexpr uint64_t kSeed = 20261204;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    for (int run = 0; run < 12; ++run) {
        const Data data = drawn(random, 600, run % 2 == 0 ? 0.4 : 0.1);
        SearchOptions options{.alpha = run % 3 == 0 ? 0.95 : 0.8, .least_items = 10 + (5 * run), .top = 8};
        const Found found = find_slices(data.columns, data.outcomes, options);
        const std::vector<Slice> expected = all_slices(data, options);
        CAPTURE(run, found.evaluated, found.conjunctions);
        REQUIRE(found.slices.size() == expected.size());
        for (size_t i = 0; i < expected.size(); ++i) {
            CHECK(found.slices[i].literals == expected[i].literals);
            CHECK(found.slices[i].size == expected[i].size);
            CHECK(found.slices[i].errors == expected[i].errors);
            CHECK(found.slices[i].score == expected[i].score);
        }
        CHECK(static_cast<double>(found.evaluated) <= found.conjunctions);
    }
}

TEST_CASE("without errors, with nothing but errors and without items there is no slice") {
    stats::Random random(1);
    Data data = drawn(random, 200, 0.1);
    std::ranges::fill(data.outcomes, Outcome::right);
    CHECK(find_slices(data.columns, data.outcomes).slices.empty());
    std::ranges::fill(data.outcomes, Outcome::wrong);
    CHECK(find_slices(data.columns, data.outcomes).slices.empty());
    CHECK(find_slices({}, {}).slices.empty());
}

TEST_CASE("numbers become groups of about equal size, and equal ones stay together") {
    const std::vector<double> numbers{1, 2, 2, 2, 3, 4, 5, 6};
    const Column column = quantile_groups("n", numbers, 4);
    CHECK(column.values == std::vector<std::string>{"at most 2", "above 2, at most 4", "above 4"});
    CHECK(column.of_item == std::vector<uint32_t>{0, 0, 0, 0, 1, 1, 2, 2});
    CHECK(quantile_groups("n", std::vector<double>{7, 7, 7}, 4).values == std::vector<std::string>{"any"});
}

TEST_CASE("Fisher's test: the lady tasting tea, sums over all tables, and tails that no double holds") {
    CHECK(stats::exp(log_fisher_greater({8, 4, 4, 3})) == Approx(17.0 / 70).epsilon(1e-12));
    CHECK(stats::exp(log_fisher_greater({8, 4, 4, 4})) == Approx(1.0 / 70).epsilon(1e-12));
    CHECK(log_fisher_greater({8, 4, 4, 0}) == 0);
    CHECK(log_fisher_greater({8, 6, 4, 2}) == 0);
    // P(X >= k) + P(items without errors in the slice >= size - k + 1) = 1.
    for (const int64_t k : {3, 5, 8}) {
        const double above = stats::exp(log_fisher_greater({60, 20, 15, k}));
        const double below = stats::exp(log_fisher_greater({60, 40, 15, 15 - k + 1}));
        CHECK(above + below == Approx(1).epsilon(1e-10));
    }
    // All 1000 of 2000 wrong ones in one half: 1 / C(2000, 1000).
    CHECK(log_fisher_greater({2000, 1000, 1000, 1000}) == Approx(-1382.26799353748).epsilon(1e-10));
}

TEST_CASE("a planted slice is confirmed on the other half and stable; of nothing planted little is confirmed") {
    constexpr uint64_t kSeed = 20261205;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    const SearchOptions options{.top = 4};
    const Data data = drawn(random, 2'000, 0.4);
    const Found found = find_slices(data.columns, data.outcomes, options);
    REQUIRE(!found.slices.empty());
    CHECK(name_of(data.columns, found.slices[0].literals) == "c0 = 0 & c1 = 0");
    const Confirmed confirmed = confirm_slices(data.columns, data.outcomes, 7, options);
    REQUIRE(!confirmed.slices.empty());
    CHECK(name_of(data.columns, confirmed.slices[0].found.literals) == "c0 = 0 & c1 = 0");
    CHECK(confirmed.slices[0].p_holm < 1e-6);
    CHECK(confirmed.slices[0].found.size + confirmed.slices[0].seen.size == found.slices[0].size);
    const auto stability = stability_of(found.slices, data.columns, data.outcomes, {.seed = 3, .samples = 20}, options);
    CHECK(stability[0] == Approx(1));
    CHECK(stability == stability_of(found.slices, data.columns, data.outcomes, {.seed = 3, .samples = 20}, options));
    int confirmed_by_chance = 0;
    constexpr int kRuns = 60;
    for (int run = 0; run < kRuns; ++run) {
        const Data even = drawn(random, 800, 0.1);
        const Confirmed none = confirm_slices(even.columns, even.outcomes, random.next(), options);
        confirmed_by_chance +=
            std::ranges::any_of(none.slices, [](const Confirmation& one) { return one.p_holm <= 0.1; }) ? 1 : 0;
    }
    CHECK(confirmed_by_chance <= kRuns * 2 / 10);
}

TEST_CASE("the ten worst slices of an income model are the reference's", "[shared]") {
    const auto csv = testing::read_shared("data/routing/adult-income/items.csv");
    const auto expected = testing::read_shared("data/expected/slices.json");
    if (!csv || !expected) {
        SKIP("no shared test data: data/routing, data/expected");
    }
    const Data data = read_adult(*csv);
    const auto parsed = parse_json(*expected);
    REQUIRE(parsed.ok());
    const Found found = find_slices(data.columns, data.outcomes);
    CHECK(found.least_items == *parsed.value().find("min_support")->integer());
    CHECK(static_cast<double>(found.errors) / static_cast<double>(found.items) ==
          Approx(as_double(*parsed.value().find("mean_error")).value()).margin(5e-7));
    const auto& top = *parsed.value().find("top10")->array();
    REQUIRE(found.slices.size() == top.size());
    for (size_t i = 0; i < top.size(); ++i) {
        const Slice& slice = found.slices[i];
        CHECK(as_reference(data.columns, slice) == top[i].text_of("slice"));
        CHECK(slice.size == *top[i].find("size")->integer());
        CHECK(slice.score == Approx(as_double(*top[i].find("score")).value()).margin(5.1e-5));
        CHECK(slice.error_rate() == Approx(as_double(*top[i].find("error")).value()).margin(5.1e-5));
        CHECK(static_cast<int64_t>(slice.literals.size()) == *top[i].find("literals")->integer());
    }
    CAPTURE(found.evaluated, found.conjunctions);
    CHECK(static_cast<double>(found.evaluated) < found.conjunctions / 5);
    const Confirmed confirmed = confirm_slices(data.columns, data.outcomes, 1);
    REQUIRE(confirmed.slices.size() == 10);
    CHECK(std::ranges::all_of(confirmed.slices, [](const Confirmation& one) { return one.p_holm < 1e-10; }));
}
