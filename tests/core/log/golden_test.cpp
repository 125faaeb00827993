// One fixed sequence of everything that can happen to items. Its leaves, operations and checkpoint are approved bytes:
// native and wasm runs compare against the same file, so both make the same log to the last bit.

#include <catch_amalgamated.hpp>

#include "core/hash/sha256.h"
#include "tests/support/approval.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::string all_rows(store::Database& database, const char* sql) {
    std::string out;
    store::Statement select = database.prepare(sql).value();
    while (select.step().value()) {
        out += std::string(select.text(0)) + "\n    " + to_hex(select.blob(1)) + "\n";
    }
    return out;
}

ReviewDraft full_review() {
    ReviewDraft draft;
    draft.verdict = Verdict::correct;
    draft.label = LabelId("drain");
    draft.answers = {{"danger", "no"}, {"place", "na"}, {"comment", "Naïve guess: “Straße” ☂"}};
    draft.rationale = {{"clear"}, "The water, not the hole, is the matter.", {{"input.text", 0, 5}}};
    draft.active_ms = 61'234;
    return draft;
}

}  // namespace

TEST_CASE("the golden sequence gives the approved bytes and hashes") {
    TestServer server(42);
    server.create_project("city", sample_policy());
    server.ingest("city", sample_line("a", "A hole in Mill Lane", "pothole", "0.71") +
                              sample_line("b", "Smell of gas! Größte Eile", "gas", "0.97") +
                              sample_line("c", "Water in the street", "pothole", "0.3") +
                              sample_line("d", "Sure thing", "drain", "0.95"));
    TestDevice ada(server, "ada", "city", 7);
    TestDevice ben(server, "ben", "city", 8);
    ada.settle();
    ben.settle();
    server.clock.advance(Duration{90 * kSecond_us});

    const OperationId first = ada.decide("a", {.verdict = Verdict::accept, .active_ms = 900}).value();
    server.clock.advance(Duration{kSecond_us});
    REQUIRE(ada.withdraw("a", first).ok());
    REQUIRE(ada.decide("a", {.verdict = Verdict::escalate, .active_ms = 40}).ok());
    REQUIRE(ada.decide("c", full_review()).ok());
    ada.settle();
    // Ben decides the same item offline; both stay in the log.
    ReviewDraft rejected{.verdict = Verdict::reject, .active_ms = 3'000};
    rejected.answers = {{"danger", "yes"}, {"place", "yes"}};
    rejected.rationale = {{"vague"}, "Cannot be read, please ask back.", {}};
    REQUIRE(ben.decide("c", rejected).ok());
    REQUIRE(
        ben.device->submit({ben.project, ItemId("b"), ben.actor, AddNote{"Rang the gas works at 14:05.", {}}}).ok());
    ben.client->operation_added();
    ben.settle();

    server.seal();

    std::string text = "leaves\n";
    text += all_rows(*server.database, "SELECT leaf, x'' FROM event ORDER BY at_key");
    text += "operations, each with its hash\n";
    text += all_rows(*server.database, "SELECT bytes, hash FROM operation ORDER BY stream, seq");
    text += "a push, as it travels\n";
    const store::ProjectRow city = store::find_project(*ada.database, ada.project).value();
    const store::StreamRow stream = store::open_stream(*ada.database, ada.actor, city).value().value();
    text += write_push_body(sync::push_after(*ada.device, stream, 0, {}).value(), Elide::yes);
    text += "the checkpoint, with the root\n";
    text += all_rows(*server.database, "SELECT note, root FROM checkpoint ORDER BY size");
    CHECK(tests::differs_from_approved("golden_log.txt", text) == "");
}
