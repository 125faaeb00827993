// Where a tier hides predictions from some, nothing on the desk tells what the model said before one has decided.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/workflow/sight.h"
#include "tests/shell/session/seat.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::shell;
using countersign::testing::TestServer;
using countersign::tests::Seat;

namespace {

// Both tiers hide half of the predictions.
std::string half_hidden() {
    std::string policy = testing::sample_policy();
    const auto add = [&](std::string_view before) {
        const size_t at = policy.find(before);
        REQUIRE(at != std::string::npos);
        policy.insert(at + before.size(), R"(, "prediction_shown": 0.5)");
    };
    add(R"({"id": "quick", "kind": "quick", "due": "8h")");
    add(R"({"id": "full", "kind": "full", "due": "2h", "checklist": "safety")");
    return policy;
}

// An item whose prediction mira is not shown, of the quick tier or, with gas in it, of the full one.
std::string fill(TestServer& server, bool full) {
    server.create_project("city", half_hidden());
    const Policy policy = load_policy(half_hidden()).value();
    for (int i = 0;; ++i) {
        const std::string id = concat("b", i);
        if (!is_prediction_shown(policy, ProjectId("city"), full ? "full" : "quick", ItemId(id), ActorId("mira"))) {
            server.ingest("city", full ? testing::sample_line(id, "it smells of gas here", "drain", "0.8")
                                       : testing::sample_line(id, "something in the street", "drain", "0.7"));
            return id;
        }
    }
}

void check_tells_nothing(const Seat& mira) {
    INFO(mira.desk.outline());
    CHECK_FALSE(mira.desk.says("70 %"));
    CHECK_FALSE(mira.desk.says("80 %"));
    CHECK_FALSE(mira.desk.says("The model says"));
    CHECK_FALSE(mira.desk.says("Accept: Drain"));
    CHECK_FALSE(mira.desk.says("prediction.confidence"));
}

ItemState decided(TestServer& server, const std::string& item) {
    return testing::Hand(server, "dan", 8).state(item);
}

}  // namespace

TEST_CASE("in quick check a hidden prediction is neither shown nor accepted; the label that is picked decides") {
    TestServer server;
    const std::string item = fill(server, false);
    Seat mira(server, "mira", "reviewer");
    CHECK(mira.desk.says("hidden"));  // in the queue
    check_tells_nothing(mira);
    mira.go(Key::c);
    REQUIRE(mira.desk.shows(Role::region, concat("Quick check ", item)));
    check_tells_nothing(mira);
    CHECK(mira.desk.says("What the model says is hidden on some items"));
    mira.desk.press(Key::a);
    mira.desk.settle(Duration{kSecond_us});
    CHECK(mira.desk.shows(Role::region, concat("Quick check ", item)));  // nothing to accept
    mira.desk.activate(Role::button, "Drain");
    mira.desk.settle(Duration{kSecond_us});
    const ItemState state = decided(server, item);
    REQUIRE(state.resolution.status == ItemStatus::resolved);
    CHECK(state.resolution.verdict == countersign::Verdict::accept);
    CHECK(state.resolution.label.text == "drain");
}

TEST_CASE("a full review without the prediction picks a label, which may be another one than the model's") {
    TestServer server;
    const std::string item = fill(server, true);
    Seat mira(server, "mira", "reviewer");
    mira.desk.press(Key::enter);
    REQUIRE(mira.desk.shows(Role::region, concat("Full review ", item)));
    check_tells_nothing(mira);
    CHECK_FALSE(mira.desk.says("Possible gas leak"));
    mira.desk.activate(Role::radio, "It is one of the labels");
    mira.desk.activate(Role::combobox, "Choose a label");
    mira.desk.activate(Role::option, "Drain");
    mira.desk.answer("Is anybody in danger?", "Yes");
    mira.desk.answer("Is the place known?", "Yes");
    mira.desk.activate(Role::checkbox, "Clear wording");
    check_tells_nothing(mira);
    mira.desk.press(Key::enter, Modifiers{.control = true});
    mira.desk.settle(Duration{kSecond_us});
    INFO(mira.desk.outline());
    const ItemState state = decided(server, item);
    REQUIRE(state.resolution.status == ItemStatus::resolved);
    CHECK(state.resolution.verdict == countersign::Verdict::accept);
}
