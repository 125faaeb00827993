// What an export says of an item.

#include <catch_amalgamated.hpp>

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
