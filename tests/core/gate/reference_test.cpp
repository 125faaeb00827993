// Two candidates against a real model: one that is better everywhere, one that is better on average and worse for some
// (shared data: routing/adult-income, expected/gates.json).

#include <map>

#include <catch_amalgamated.hpp>

#include "core/gate/gate.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"
#include "tests/support/numbers.h"

using namespace countersign;
using namespace countersign::gate;
using namespace countersign::testing;

namespace {

struct Compared {
    std::vector<PairedItem> items;
    std::vector<Slice> slices;
    std::vector<uint32_t> unsure;  // confidence below 0.7
    std::vector<MetricPair> brier;

    GateInput input() const { return {.items = items, .edge_cases = unsure, .slices = slices, .metrics = brier}; }
};

std::optional<std::string> read_set(std::string_view file) {
    return read_shared("data/routing/adult-income/" + std::string(file));
}

Compared compare(std::string_view candidate_file) {
    const CsvTable base(read_set("items.csv").value());
    const CsvTable candidate(read_set(candidate_file).value());
    REQUIRE(base.rows() == candidate.rows());
    const size_t truth = base.column("true_label");
    Compared out;
    MetricPair brier{.name = "Brier", .base = {}, .candidate = {}, .clusters = {}};
    std::map<std::string, std::vector<uint32_t>> slices;
    const auto squared = [](double confidence, bool right) {
        const double off = (right ? 1 : 0) - confidence;
        return off * off;
    };
    for (uint32_t row = 0; row < base.rows(); ++row) {
        REQUIRE(base.at(row, 0) == candidate.at(row, 0));
        const PairedItem pair{
            .base_right = base.at(row, base.column("predicted_label")) == base.at(row, truth),
            .candidate_right = candidate.at(row, candidate.column("predicted_label")) == base.at(row, truth)};
        out.items.push_back(pair);
        const double confidence = base.number_at(row, base.column("confidence"));
        brier.base.push_back(squared(confidence, pair.base_right));
        brier.candidate.push_back(
            squared(candidate.number_at(row, candidate.column("confidence")), pair.candidate_right));
        if (confidence < 0.7) {
            out.unsure.push_back(row);
        }
        for (size_t column = 0; column < base.names().size(); ++column) {
            if (base.names()[column].starts_with("slice_")) {
                slices[std::string(base.names()[column]) + "=" + std::string(base.at(row, column))].push_back(row);
            }
        }
    }
    for (auto& [name, items] : slices) {
        out.slices.push_back({name, std::move(items)});
    }
    out.brier.push_back(std::move(brier));
    return out;
}

void check_counts(const Json& expected, const PairedCounts& counts, double improvement) {
    CHECK(counts.fixed == *expected.find("fixed")->integer());
    CHECK(counts.broken == *expected.find("broken")->integer());
    CHECK(improvement == Catch::Approx(number_at(expected, "improve_one_sided")).epsilon(0.001));
}

}  // namespace

TEST_CASE("a candidate that is better everywhere passes, one that is worse for some is refused by their names") {
    const auto text = read_shared("data/expected/gates.json");
    if (!text) {
        SKIP("no shared test data: data/expected/gates.json");
    }
    const Json expected = parse_json(*text).value();
    for (const std::string_view name : {"candidate", "regressed"}) {
        INFO(name);
        const Json& one = *expected.find("gates")->find(name);
        const Compared compared = compare(std::string(name) + ".csv");
        const GateReport report = judge(compared.input(), {.seed = 1, .repeats = 200});
        for (const GateFinding& finding : report.findings) {
            UNSCOPED_INFO(finding.sentence);
        }
        const Json& overall = *one.find("overall");
        check_counts(overall, report.overall, report.overall_test.improvement);
        CHECK(report.overall_test.two_sided == Catch::Approx(number_at(overall, "mcnemar_two_sided")).epsilon(0.001));
        const Json& edge = *one.find("edge_confidence_below_0.7");
        CHECK(report.edge_cases.items() == *edge.find("n")->integer());
        check_counts(edge, report.edge_cases, report.edge_test.improvement);
        CHECK(report.slices_tested == static_cast<size_t>(*one.find("slices_tested")->integer()));
        size_t named = 0;
        for (const SliceReport& slice : report.slices) {
            named += slice.named ? 1 : 0;
        }
        const JsonArray& regressions = *one.find("regressions_holm_05")->array();
        CHECK(named == regressions.size());
        for (const Json& regression : regressions) {
            const auto slice = std::ranges::find(report.slices, regression.text_of("slice"), &SliceReport::name);
            REQUIRE(slice != report.slices.end());
            CHECK(slice->named);
            CHECK(slice->counts.items() == *regression.find("n")->integer());
            CHECK(slice->counts.fixed == *regression.find("fixed")->integer());
            CHECK(slice->counts.broken == *regression.find("broken")->integer());
            CHECK(slice->regression == Catch::Approx(number_at(regression, "p")).epsilon(0.001));
            CHECK(slice->regression_holm == Catch::Approx(number_at(regression, "holm")).epsilon(0.002));
        }
        CHECK(report.verdict == (name == "candidate" ? GateVerdict::passed : GateVerdict::refused));
        CHECK(report.fixed.size() == static_cast<size_t>(report.overall.fixed));
        CHECK(report.metrics.at(0).interval.high < 0);
    }
}
