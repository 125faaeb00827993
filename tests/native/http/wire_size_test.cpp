// How many bytes a decision takes on the wire: what a device really sends, as gzip, in batches of 100.

#include <catch_amalgamated.hpp>

#include "native/http/gzip.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

constexpr int kDecisions = 200;
constexpr size_t kBatch = 100;
constexpr size_t kMost_bytes = 170;

// As reviewers write: from a few dozen words, never the same sentence twice.
std::string sentence(SeededEntropy& chance, int words) {
    static constexpr const char* kWords[] = {
        "clear", "photo", "shows",  "the",   "hole",  "near", "kerb",  "street", "lamp", "and",  "smell", "of",
        "gas",   "says",  "caller", "twice", "since", "last", "night", "water",  "runs", "over", "model", "missed",
        "it",    "is",    "not",    "a",     "drain", "but",  "crack", "small",  "deep", "old",  "known", "already"};
    std::string out;
    for (int i = 0; i < words; ++i) {
        const auto pick = static_cast<unsigned char>(chance.bytes(1)[0]) % std::size(kWords);
        out += (i == 0 ? "" : " ") + std::string(kWords[pick]);
    }
    return out;
}

}  // namespace

TEST_CASE("a decision takes at most 170 bytes on the wire, in batches of 100") {
    TestServer server;
    server.create_project("city", sample_policy());
    std::string lines;
    for (int i = 0; i < kDecisions; ++i) {
        lines += sample_line("message-" + std::to_string(1'000 + i), "A hole in the road " + std::to_string(i),
                             "pothole", "0.7" + std::to_string(i % 10));
    }
    server.ingest("city", lines);
    TestDevice ada(server, "ada", "city", 7);
    ada.settle();
    ada.transport.network = LoopbackTransport::Network::down;
    SeededEntropy chance(3);
    for (int i = 0; i < kDecisions; ++i) {
        server.clock.advance(Duration{kSecond_us * 7 + 1'137 * i});
        ReviewDraft draft{.verdict = Verdict::accept, .active_ms = 2'000 + 137 * i % 9'000};
        draft.rationale.codes = {"clear"};
        draft.rationale.text = sentence(chance, 26);
        const auto decided = ada.decide("message-" + std::to_string(1'000 + i), draft);
        INFO((decided.ok() ? "" : decided.error().text()));
        REQUIRE(decided.ok());
    }
    const auto streams = sync::unsaved_streams(*ada.database, ada.actor).value();
    REQUIRE(streams.size() == 1);
    for (uint64_t after : {uint64_t{0}, uint64_t{kBatch}}) {
        const PushBody push = sync::push_after(*ada.device, streams[0], after, {.operations = kBatch}).value();
        REQUIRE(push.operations.size() == kBatch);
        const std::string body = write_push_body(push, Elide::yes);
        const size_t sent = http::gzip(body).size();
        INFO(body.substr(0, 1'500));
        INFO(body.size() << " bytes, " << sent << " as gzip");
        CHECK(sent <= kMost_bytes * kBatch);
    }
}
