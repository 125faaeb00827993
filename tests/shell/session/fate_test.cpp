// What the desk says about a decision that does not simply count: a sentence for every row of the table of standings,
// as approved (tests/approved/standing_sentences.txt).

#include "shell/session/fate.h"

#include <set>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/ports/live_feed.h"
#include "tests/shell/headless/headless.h"
#include "tests/support/approval.h"
#include "tests/support/cases.h"
#include "tests/support/device.h"
#include "tests/support/teller.h"

using namespace countersign;
using namespace countersign::shell;
using namespace countersign::testing;

namespace {

class NoNews final : public LiveFeed {
public:
    void follow(std::string_view) override {}
};

// Ada's place of work in the sample project, with nothing in it.
struct Bench {
    Bench() {
        server.create_project("city", sample_policy());
        ada.settle();
        project = store::find_project(*ada.database, ProjectId("city")).value();
    }

    Workplace work() {
        return {.device = *ada.device,
                .sync = *ada.client,
                .leasing = leasing,
                .transport = ada.transport,
                .clock = server.clock,
                .host = host,
                .texts = texts,
                .ports = ports,
                .person = ActorId("ada"),
                .settles = false,
                .changed = [] {},
                .project = project,
                .policy = ada.device->policies().current(*ada.database, project).value()};
    }

    TestServer server;
    TestDevice ada{server, "ada", "city", 7};
    sync::Leasing leasing{*ada.device, ada.transport, server.clock};
    countersign::tests::RecordingHost host;
    NoNews live;
    Texts texts = Texts::english();
    DeskPorts ports{.host = host,
                    .clock = server.clock,
                    .entropy = ada.entropy,
                    .transport = ada.transport,
                    .live = live,
                    .database = *ada.database,
                    .storage = {StorageKind::file, true},
                    .server_name = "review.example"};
    store::ProjectRow project;
};

}  // namespace

TEST_CASE("every row of the table of standings has its sentence, which names who and what") {
    Bench bench;
    const Workplace work = bench.work();
    const Json cases = parse_json(read_case("workflow/standings.json")).value();
    std::string all;
    std::set<StandingReason> met;
    for (const Json& one : *cases.find("cases")->array()) {
        Teller teller(one);
        teller.tell_all(one);
        all += concat("== ", one.text_of("name"), "\n");
        for (const auto& [name, standing] : *one.find("expect")->object()) {
            const Review& review = teller.review(name);
            met.insert(review.reason);
            const std::string sentence = standing_sentence(work, teller.story.state, review);
            all += concat(review.reviewer.text, "'s '", name, "', ", teller.standing_of(name), "\n",
                          sentence.empty() ? "" : concat("    ", sentence, "\n"));
            const bool simply_counts =
                review.standing == DecisionStanding::effective && review.reason == StandingReason::none;
            CHECK(sentence.empty() == simply_counts);
        }
    }
    for (int reason = 0; reason <= static_cast<int>(StandingReason::rejected_by_lead); ++reason) {
        INFO("no case for '" << standing_reason_name(static_cast<StandingReason>(reason)) << "'");
        CHECK(met.contains(static_cast<StandingReason>(reason)));
    }
    const std::string difference = countersign::tests::differs_from_approved("standing_sentences.txt", all);
    INFO(difference);
    CHECK(difference.empty());
}
