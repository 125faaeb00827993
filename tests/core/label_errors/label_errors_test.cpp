// Labels that are probably wrong: by hand, on seeded mistakes, and on two real sets that reviewers looked at.
#include "core/label_errors/label_errors.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/json/number.h"
#include "core/stats/random.h"
#include "core/table/given_labels.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"

using namespace countersign;
using namespace countersign::label_errors;
using Catch::Approx;

namespace {

table::NamedGivenLabels read_set(const std::string& csv) {
    table::GivenLabelReader labels;
    table::RecordReader reader(labels);
    REQUIRE(reader.feed(csv).ok());
    REQUIRE(reader.finish().ok());
    auto named = labels.finish();
    REQUIRE(named.ok());
    return std::move(named).value();
}

GivenLabels of(const table::NamedGivenLabels& named) {
    return {.given = named.given, .probabilities = named.probabilities, .labels = named.labels.names().size()};
}

// Items of which fewer than three of five reviewers chose the given label.
std::set<std::string> confirmed_in(const std::string& csv) {
    const testing::CsvTable verdicts(csv);
    std::set<std::string> out;
    for (size_t row = 0; row < verdicts.rows(); ++row) {
        if (verdicts.number_at(row, verdicts.column("votes_given")) < 3) {
            out.insert(verdicts.at(row, verdicts.column("item_id")));
        }
    }
    return out;
}

int64_t confirmed_among(const std::vector<Suspect>& suspects, size_t first, const std::vector<std::string>& items,
                        const std::set<std::string>& confirmed) {
    return std::ranges::count_if(suspects.begin(),
                                 suspects.begin() + static_cast<std::ptrdiff_t>(std::min(first, suspects.size())),
                                 [&](const Suspect& one) { return confirmed.contains(items[one.item]); });
}

int64_t integer_at(const Json& object, std::string_view name) {
    return *object.find(name)->integer();
}

}  // namespace

TEST_CASE("thresholds, counts and the estimate, by hand") {
    // Six of each label; of label 0 one looks like 1.
    std::vector<uint32_t> given;
    std::vector<double> probabilities;
    const auto add = [&](uint32_t label, double p) {
        given.push_back(label);
        probabilities.push_back(p);
        probabilities.push_back(1 - p);
    };
    for (const double p : {0.9, 0.9, 0.9, 0.8, 0.8, 0.1}) {
        add(0, p);
    }
    for (const double p : {0.2, 0.2, 0.2, 0.2, 0.2, 0.2}) {
        add(1, p);
    }
    const LabelErrors found = find_label_errors({given, probabilities, 2});
    CHECK(found.thresholds[0] == Approx(4.4 / 6));
    CHECK(found.thresholds[1] == Approx(0.8));
    CHECK(found.confident.at(0, 0) == 5);
    CHECK(found.confident.at(0, 1) == 1);
    CHECK(found.confident.at(1, 1) == 6);
    CHECK(found.estimated.wrong() == 1);
    REQUIRE(found.suspects.size() == 1);
    CHECK(found.suspects[0].item == 5);
    CHECK(found.suspects[0].likelier == 1);
    CHECK(found.suspects[0].margin == Approx(-0.8));
}

TEST_CASE("items that the model is unsure of count by those it is sure of, and rounding keeps the sum") {
    // Label 0: three confident of 0, two of 1, and four of none: 9 * 3/5 and 9 * 2/5 are 5 and 4.
    std::vector<uint32_t> given(9, 0);
    std::vector<double> probabilities;
    for (const double p : {0.9, 0.9, 0.9, 0.05, 0.05, 0.4, 0.4, 0.4, 0.4}) {
        probabilities.insert(probabilities.end(), {p, 1 - p});
    }
    for (int i = 0; i < 6; ++i) {
        given.push_back(1);
        probabilities.insert(probabilities.end(), {0.1, 0.9});
    }
    const LabelErrors found = find_label_errors({given, probabilities, 2});
    CHECK(found.confident.at(0, 0) == 3);
    CHECK(found.confident.at(0, 1) == 2);
    CHECK(found.estimated.at(0, 0) == 5);
    CHECK(found.estimated.at(0, 1) == 4);
    CHECK(found.suspects.size() == 4);
}

TEST_CASE("a label that nobody was given is nobody's, and labels of five items or fewer are left alone") {
    const std::vector<uint32_t> given{0, 0, 0, 0, 0};
    const std::vector<double> probabilities{0.9, 0.1, 0, 0.9, 0.1, 0, 0.9, 0.1, 0, 0.9, 0.1, 0, 0.1, 0.9, 0};
    const LabelErrors found = find_label_errors({given, probabilities, 3});
    CHECK(std::isinf(found.thresholds[1]));
    CHECK(found.confident.wrong() == 0);
    CHECK(found.suspects.empty());
    CHECK(rank_by_margin({given, probabilities, 3}).front().item == 4);
    CHECK(find_label_errors({{}, {}, 2}).suspects.empty());
}

TEST_CASE("labels that were changed by chance are found, and about as many as were changed") {
    constexpr uint64_t kSeed = 20261203;
    INFO("seed " << kSeed);
    stats::Random random(kSeed);
    constexpr size_t kLabels = 4;
    std::vector<uint32_t> given;
    std::vector<double> probabilities;
    std::set<uint32_t> changed;
    for (uint32_t item = 0; item < 4'000; ++item) {
        const auto truth = static_cast<uint32_t>(random.below(kLabels));
        const double sure = 0.6 + (0.39 * random.uniform());
        for (uint32_t k = 0; k < kLabels; ++k) {
            probabilities.push_back(k == truth ? sure : (1 - sure) / (kLabels - 1));
        }
        const bool is_changed = random.uniform() < 0.08;
        given.push_back(is_changed ? (truth + 1) % kLabels : truth);
        if (is_changed) {
            changed.insert(item);
        }
    }
    const LabelErrors found = find_label_errors({given, probabilities, kLabels});
    CHECK(static_cast<double>(found.estimated.wrong()) == Approx(static_cast<double>(changed.size())).epsilon(0.15));
    const auto right =
        std::ranges::count_if(found.suspects, [&](const Suspect& one) { return changed.contains(one.item); });
    CHECK(static_cast<double>(right) > 0.95 * static_cast<double>(std::min(found.suspects.size(), changed.size())));
}

TEST_CASE("two test sets that reviewers looked at again: thresholds, counts and confirmed errors", "[shared]") {
    const auto expected = testing::read_shared("data/expected/label-errors.json");
    if (!expected) {
        SKIP("no shared test data: data/expected");
    }
    const auto parsed = parse_json(*expected);
    REQUIRE(parsed.ok());
    for (const std::string set : {"mnist-test", "cifar10-test"}) {
        const auto csv = testing::read_shared("data/label-errors/" + set + "/items.csv");
        const auto verdicts = testing::read_shared("data/label-errors/" + set + "/verdicts.csv");
        if (!csv || !verdicts) {
            SKIP("no shared test data: data/label-errors");
        }
        CAPTURE(set);
        const Json& target = *parsed.value().find("sets")->find(set);
        const table::NamedGivenLabels named = read_set(*csv);
        const LabelErrors found = find_label_errors(of(named));
        CHECK(static_cast<int64_t>(named.items.size()) == integer_at(target, "n"));
        const auto& thresholds = *target.find("class_thresholds")->array();
        REQUIRE(thresholds.size() == found.thresholds.size());
        for (size_t k = 0; k < thresholds.size(); ++k) {
            CHECK(found.thresholds[k] == Approx(as_double(thresholds[k]).value()).margin(1e-6));
        }
        CHECK(found.confident.wrong() == integer_at(target, "off_diagonal_uncalibrated"));
        CHECK(found.estimated.wrong() == integer_at(target, "estimated_errors_calibrated"));
        CHECK(static_cast<int64_t>(found.suspects.size()) == integer_at(target, "flagged_prune_by_noise_rate"));

        const std::set<std::string> confirmed = confirmed_in(*verdicts);
        CHECK(static_cast<int64_t>(confirmed.size()) == integer_at(target, "reviewers_majority_not_given"));
        const std::vector<Suspect> ranked = rank_by_margin(of(named));
        for (const auto& [top, count] : *target.find("confirmed_in_top_by_margin")->object()) {
            CAPTURE(top);
            CHECK(confirmed_among(ranked, std::stoul(top), named.items, confirmed) == *count.integer());
        }
        std::vector<Suspect> by_confidence = ranked;
        const auto self_confidence = [&named](const Suspect& one) {
            return named.probabilities[(one.item * named.labels.names().size()) + one.given];
        };
        std::ranges::sort(by_confidence, {},
                          [&](const Suspect& one) { return std::pair(self_confidence(one), one.item); });
        for (const auto& [top, count] : *target.find("confirmed_in_top_by_self_confidence")->object()) {
            CAPTURE(top);
            CHECK(confirmed_among(by_confidence, std::stoul(top), named.items, confirmed) == *count.integer());
        }
        if (set == "cifar10-test") {
            CHECK(confirmed_among(found.suspects, found.suspects.size(), named.items, confirmed) == 49);
        }
    }
}
