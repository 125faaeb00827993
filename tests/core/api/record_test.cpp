// What an export says of an item.

#include <catch_amalgamated.hpp>

#include "core/policy/load.h"
#include "core/workflow/sight.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

TEST_CASE("only what was corrected is tagged corrected, and what was rejected is tagged rejected") {
    struct Case {
        ReviewDraft draft;
        const char* tag;
    };

    const Case cases[] = {{{.verdict = Verdict::accept, .active_ms = 1}, ""},
                          {{.verdict = Verdict::correct, .label = LabelId("drain"), .active_ms = 1}, "corrected"},
                          {{.verdict = Verdict::reject, .active_ms = 1}, "rejected"},
                          {{.verdict = Verdict::escalate, .active_ms = 1}, ""}};
    for (const Case& one : cases) {
        TestServer server;
        server.create_project("city", sample_policy());
        server.ingest("city", sample_line("msg-1", "A hole in the road", "pothole", "0.71"));
        TestDevice ada(server, "ada", "city", 7);
        ada.settle();
        REQUIRE(ada.decide("msg-1", one.draft).ok());
        ada.settle();
        server.sign_in("ida", "auditor");
        const Json record = parse_json(server.ask("GET", "/api/v1/projects/city/items/msg-1").body).value();
        std::string judged;
        for (const Json& tag : *record.find("tags")->array()) {
            judged += tag.string()->find(':') == std::string::npos ? *tag.string() : "";
        }
        INFO(verdict_name(one.draft.verdict));
        CHECK(judged == one.tag);
    }
}

TEST_CASE("a record says who settled a disagreement, and who decided without seeing the prediction") {
    std::string policy = sample_policy();
    const std::string quick = R"({"id": "quick", "kind": "quick", "due": "8h"})";
    policy.replace(policy.find(quick), quick.size(),
                   R"({"id": "quick", "kind": "quick", "reviewers": 2, "prediction_shown": 0.5})");
    const Policy loaded = load_policy(policy).value();
    TestServer server;
    server.create_project("city", policy);
    server.ingest("city", sample_line("msg-1", "A hole in the road", "pothole", "0.71"));
    const std::vector<ReviewDraft> said = {{.verdict = Verdict::accept, .active_ms = 1},
                                           {.verdict = Verdict::correct, .label = LabelId("drain"), .active_ms = 1},
                                           {.verdict = Verdict::reject, .active_ms = 1}};
    const std::vector<std::string> people = {"ada", "ben", "cleo"};
    for (size_t i = 0; i < people.size(); ++i) {
        TestDevice device(server, people[i], "city", 7 + i);
        device.settle();
        REQUIRE(device.decide("msg-1", said[i]).ok());
        device.settle();
    }
    server.sign_in("ida", "auditor");
    const Json record = parse_json(server.ask("GET", "/api/v1/projects/city/items/msg-1").body).value();
    INFO(to_text(record));
    CHECK(record.at_path("decision")->text_of("verdict") == "reject");
    const JsonArray& reviews = *record.find("reviews")->array();
    REQUIRE(reviews.size() == 3);
    for (size_t i = 0; i < 3; ++i) {
        CHECK((reviews[i].find("adjudicates") != nullptr) == (i == 2));
        const bool shown =
            i == 2 || is_prediction_shown(loaded, ProjectId("city"), "quick", ItemId("msg-1"), ActorId(people[i]));
        CHECK((reviews[i].find("prediction_shown") == nullptr) == shown);
    }
}
