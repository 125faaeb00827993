#include "core/gate/gate.h"

#include <catch_amalgamated.hpp>

#include "core/json/json.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::gate;
using namespace countersign::testing;

namespace {

constexpr std::string_view kVerdicts[] = {"passed", "refused", "cannot tell"};

// Slices that share no items, each given by its counts: both right, fixed, broken, both wrong.
struct Made {
    std::vector<PairedItem> items;
    std::vector<Slice> slices;
    std::vector<uint32_t> edge_cases;
};

void add(Made& made, const Json& slice) {
    const JsonArray& counts = *slice.find("counts")->array();
    const PairedItem kinds[] = {{true, true}, {false, true}, {true, false}, {false, false}};
    Slice out{.name = slice.text_of("name"), .items = {}};
    for (size_t kind = 0; kind < 4; ++kind) {
        for (int64_t i = 0; i < *counts[kind].integer(); ++i) {
            out.items.push_back(static_cast<uint32_t>(made.items.size()));
            made.items.push_back(kinds[kind]);
        }
    }
    if (slice.find("edge") != nullptr) {
        made.edge_cases = out.items;
    }
    made.slices.push_back(std::move(out));
}

}  // namespace

TEST_CASE("each case of a gate is judged as an expert would, with the reasons") {
    const Json cases = parse_json(read_case("gate/verdicts.json")).value();
    REQUIRE(cases.array()->size() >= 8);
    for (const Json& one : *cases.array()) {
        INFO(one.text_of("case"));
        Made made;
        for (const Json& slice : *one.find("slices")->array()) {
            add(made, slice);
        }
        GateRules rules;
        if (const Json* looks = one.find("earlier_looks")) {
            rules.earlier_looks = static_cast<int>(*looks->integer());
        }
        if (const Json* alone = one.find("alone_from")) {
            rules.alone_from = static_cast<size_t>(*alone->integer());
        }
        const GateReport report =
            judge({.items = made.items, .edge_cases = made.edge_cases, .slices = made.slices, .metrics = {}}, rules);
        JsonArray said;
        for (const GateFinding& finding : report.findings) {
            said.emplace_back(finding.sentence);
        }
        CHECK(kVerdicts[static_cast<size_t>(report.verdict)] == one.text_of("verdict"));
        CHECK(to_text(Json(said)) == to_text(*one.find("findings")));
    }
}

TEST_CASE("a metric that costs more than its margin keeps a better model out") {
    std::vector<PairedItem> items(100, {false, true});
    std::vector<uint32_t> all(100);
    for (uint32_t i = 0; i < 100; ++i) {
        all[i] = i;
    }
    MetricPair cost{.name = "minutes", .base = {}, .candidate = {}, .clusters = {}, .margin = 0.5};
    for (int i = 0; i < 100; ++i) {
        cost.base.push_back(i % 7);
        cost.candidate.push_back((i % 7) + 0.6 + ((i % 3) * 0.1));
    }
    const auto verdict = [&](double margin) {
        cost.margin = margin;
        return judge({.items = items, .edge_cases = all, .slices = {}, .metrics = std::span(&cost, 1)},
                     {.repeats = 500})
            .verdict;
    };
    CHECK(verdict(0.5) == GateVerdict::refused);
    CHECK(verdict(0.7) == GateVerdict::cannot_tell);
    CHECK(verdict(0.9) == GateVerdict::passed);
}

TEST_CASE("without items nothing can be told") {
    const GateReport report = judge({}, {});
    CHECK(report.verdict == GateVerdict::cannot_tell);
    CHECK(report.findings.size() == 1);
}
