// Reviewers disagree, or one asks for help: somebody who has not reviewed the item sees what they said, and settles it.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/log/commitment.h"
#include "tests/shell/session/seat.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::shell;
using countersign::testing::Hand;
using countersign::testing::TestServer;
using countersign::tests::Seat;

namespace {

// Quick items need two reviewers.
void fill_pairs(TestServer& server) {
    std::string policy = testing::sample_policy();
    const std::string quick = R"({"id": "quick", "kind": "quick", "due": "8h"})";
    policy.replace(policy.find(quick), quick.size(), R"({"id": "quick", "kind": "quick", "reviewers": 2})");
    server.create_project("city", policy);
    std::string lines;
    for (int i = 0; i < 3; ++i) {
        lines += testing::sample_line(concat("q", i), concat("a hole in street ", i), "pothole", "0.7");
    }
    server.ingest("city", lines);
}

// A device of theirs that has said hello.
Hand hand_of(TestServer& server, const std::string& name, uint64_t seed) {
    Hand hand(server, name, seed);
    server.sign_in(name, "reviewer");
    hand.hello();
    return hand;
}

void say(Hand& hand, std::string_view item, countersign::Verdict verdict, std::string_view label = {}) {
    SubmitReview review = hand.review(item);
    review.draft.verdict = verdict;
    review.draft.label = LabelId(std::string(label));
    if (verdict == countersign::Verdict::correct) {
        review.draft.rationale.codes = {"clear"};
        review.draft.rationale.evidence = {{"input.text", 2, 6}};
        const CommittedText words = hand.text(kRationaleDomain, "Water comes out of it.");
        review.text = words.commitment;
        hand.seal(item, review, {words});
    } else {
        hand.seal(item, review);
    }
    REQUIRE(hand.push().status == 200);
}

void disagree(TestServer& server) {
    Hand ada = hand_of(server, "ada", 5);
    Hand ben = hand_of(server, "ben", 6);
    say(ada, "q1", countersign::Verdict::accept);
    say(ben, "q1", countersign::Verdict::correct, "drain");
    REQUIRE(ada.state("q1").resolution.status == ItemStatus::escalated);
}

}  // namespace

TEST_CASE("who has not reviewed an item on which two disagree reads what they said, and one decision settles it") {
    TestServer server;
    fill_pairs(server);
    disagree(server);
    Seat cleo(server, "cleo", "reviewer", 11);
    INFO(cleo.desk.outline());
    CHECK_FALSE(cleo.desk.says("row 'q1"));  // among the open ones
    cleo.desk.activate(Role::combobox, "Status");
    cleo.desk.activate(Role::option, "To adjudicate (1)");
    INFO(cleo.desk.outline());
    CHECK(cleo.desk.says("row 'q1"));
    CHECK(cleo.desk.says("text 'To adjudicate'"));
    cleo.desk.press(Key::enter);
    INFO(cleo.desk.outline());
    REQUIRE(cleo.desk.shows(Role::region, "Full review q1"));
    CHECK(cleo.desk.says("Reviewers disagree. You have not reviewed this item: your decision settles it."));
    CHECK(cleo.desk.shows(Role::list, "What reviewers said"));
    CHECK(cleo.desk.shows(Role::listitem, "ada: Accepted: Pothole"));
    CHECK(cleo.desk.shows(Role::listitem, "ben: Corrected: Drain"));
    CHECK(cleo.desk.says("Water comes out of it."));
    CHECK(cleo.desk.says("Clear wording"));
    CHECK(cleo.desk.says("\u201chole\u201d"));
    cleo.desk.activate(Role::radio, "Reject: no label fits");
    cleo.desk.press(Key::enter, Modifiers{.control = true});
    cleo.desk.settle(Duration{kSecond_us});
    INFO(cleo.desk.outline());
    Hand dan(server, "dan", 8);
    CHECK(dan.state("q1").resolution.status == ItemStatus::resolved);
    CHECK(dan.state("q1").resolution.verdict == countersign::Verdict::reject);
    CHECK(cleo.desk.says("Nothing to adjudicate"));
}

TEST_CASE("while an item is open nobody sees what another one said of it") {
    TestServer server;
    fill_pairs(server);
    Hand ada = hand_of(server, "ada", 5);
    say(ada, "q0", countersign::Verdict::correct, "drain");
    Seat ben(server, "ben", "reviewer", 9);
    ben.desk.press(Key::enter);
    INFO(ben.desk.outline());
    REQUIRE(ben.desk.shows(Role::region, "Full review q0"));
    CHECK_FALSE(ben.desk.says("ada"));
    CHECK_FALSE(ben.desk.says("Water comes out of it."));
}

TEST_CASE("who is among those that disagree is told that somebody else settles it, and sees nobody's answer") {
    TestServer server;
    fill_pairs(server);
    Hand ada = hand_of(server, "ada", 5);
    say(ada, "q1", countersign::Verdict::correct, "drain");
    Seat ben(server, "ben", "reviewer", 9);
    ben.go(Key::c);
    ben.desk.settle(Duration{kSecond_us});
    for (int i = 0; i < 3; ++i) {
        ben.desk.press(Key::a);
        ben.desk.settle(Duration{kSecond_us});
    }
    ben.go(Key::q);
    ben.desk.activate(Role::combobox, "Status");
    ben.desk.activate(Role::option, "To adjudicate (1)");
    ben.desk.press(Key::enter);
    INFO(ben.desk.outline());
    REQUIRE(ben.desk.shows(Role::region, "Full review q1"));
    CHECK(ben.desk.says("You have reviewed this item, and it waits for somebody who has not."));
    CHECK_FALSE(ben.desk.shows(Role::button, "Submit review"));
    CHECK_FALSE(ben.desk.says("Water comes out of it."));
}

TEST_CASE("without anything to adjudicate the list says when there would be") {
    TestServer server;
    fill_pairs(server);
    Seat ben(server, "ben", "reviewer", 9);
    ben.desk.activate(Role::combobox, "Status");
    ben.desk.activate(Role::option, "To adjudicate");
    INFO(ben.desk.outline());
    CHECK(ben.desk.says("Nothing to adjudicate"));
    CHECK(ben.desk.says("Items on which reviewers disagree"));
}
