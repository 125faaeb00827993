#include "demo/data/decisions.h"

#include <catch_amalgamated.hpp>

using namespace countersign;
using namespace countersign::demo;

namespace {

std::string line(const std::string& id, const std::string& decision) {
    return R"({"item":{"id":")" + id + R"(","input":{"text":"text of )" + id +
           R"("},"metadata":{"channel":"web"}},"prediction":{"label":"noise","confidence":0.5},"decision":)" +
           decision + R"(,"tier":"quick","tags":["x"]})" + "\n";
}

}  // namespace

TEST_CASE("accepted and corrected items are learnt from, all others are counted") {
    const Decisions decisions =
        read_decisions(
            "export.jsonl",
            line("c", R"({"verdict":"correct","label":"gas"})") + line("a", R"({"verdict":"accept","label":"noise"})") +
                line("b", R"({"verdict":"accept","label":null})") + line("d", R"({"verdict":"reject"})") +
                line("e", R"({"verdict":"escalate"})") + line("f", R"({"verdict":"skip"})") + line("g", "null"))
            .value();
    CHECK(decisions.accepted == 2);
    CHECK(decisions.corrected == 1);
    CHECK(decisions.not_used == 4);
    REQUIRE(decisions.examples.size() == 3);
    CHECK(decisions.examples[0].label == "noise");
    CHECK(decisions.examples[1].label == "noise");
    CHECK(decisions.examples[2].id == "c");
    CHECK(decisions.examples[2].label == "gas");
    CHECK(decisions.examples[2].text == "text of c");
}

TEST_CASE("the last line of an item counts, and a decision replaces the seed's label") {
    const Decisions decisions = read_decisions("export.jsonl", line("a", R"({"verdict":"accept"})") +
                                                                   line("a", R"({"verdict":"correct","label":"gas"})"))
                                    .value();
    const auto merged = merge({{"a", "old", "flooding"}, {"b", "other", "noise"}}, decisions.examples);
    REQUIRE(merged.size() == 2);
    CHECK(merged[0].label == "gas");
    CHECK(merged[0].text == "text of a");
    CHECK(merged[1].label == "noise");
}

TEST_CASE("a broken line of the export is named") {
    struct Case {
        std::string decision;
        std::string error;
    };

    const Case cases[] = {
        {R"({"verdict":"acept"})",
         "export.jsonl, line 2: decision.verdict: 'acept' is not one of accept, correct, reject, escalate, skip; did "
         "you "
         "mean 'accept'?"},
        {R"({"verdict":"correct"})", "export.jsonl, line 2: decision.label: is missing"},
        {R"({"label":"gas"})", "export.jsonl, line 2: decision.verdict: is missing"},
        {R"("accept")", "export.jsonl, line 2: decision: must be an object"},
        {R"({"verdict":)", "export.jsonl, line 2, column "},
    };
    for (const Case& one : cases) {
        const auto read = read_decisions("export.jsonl", line("a", R"({"verdict":"skip"})") + line("b", one.decision));
        INFO(one.decision);
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().text().starts_with(one.error));
    }
}
