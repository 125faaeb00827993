// Logs of real servers as bundles: everything that can happen there is what the verifier takes for right.
// COUNTERSIGN_STORIES=FOLDER leaves the bundles there.

#include <cstdlib>

#include <catch_amalgamated.hpp>

#include "core/bundle/bundle_writer.h"
#include "core/verify/verifier.h"
#include "tests/support/full_story.h"
#include "tests/support/write_file.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::string bundle_of(TestServer& server, std::string_view rest = {}) {
    server.cookies.clear();
    server.sign_in("ida", "auditor");
    const TestServer::Answer answer = server.ask("GET", "/api/v1/projects/city/log/bundle" + std::string(rest));
    INFO(answer.body.substr(0, 300));
    REQUIRE(answer.status == 200);
    INFO((answer.cut_off ? answer.cut_off->text() : ""));
    REQUIRE_FALSE(answer.cut_off);
    return answer.body;
}

verify::Report verified(const std::string& bundle) {
    verify::BundleVerifier verifier;
    verifier.feed(bundle);
    return verifier.finish();
}

// For the other verifier (tests/web/verify/stories.test.mjs).
void hand_out(const std::string& name, const std::string& bundle) {
    if (const char* folder = std::getenv("COUNTERSIGN_STORIES")) {
        REQUIRE(tests::write_file(std::string(folder) + "/" + name + ".jsonl", bundle));
    }
}

std::string line_with(const std::string& bundle, std::string_view part) {
    const size_t at = bundle.find(part);
    REQUIRE(at != std::string::npos);
    const size_t begin = bundle.rfind('\n', at) + 1;
    return bundle.substr(begin, bundle.find('\n', begin) - begin);
}

}  // namespace

TEST_CASE("the log of a full life is verified from its bundle, with everything checked") {
    FullStory story(3);
    story.tell();
    const std::string bundle = bundle_of(story.server);
    hand_out("full", bundle);
    const verify::Report report = verified(bundle);
    INFO(verify::report_text(report, "story"));
    CHECK(report.good());
    for (const verify::Check check : {verify::Check::operations, verify::Check::streams, verify::Check::signatures,
                                      verify::Check::roots, verify::Check::seals, verify::Check::keys,
                                      verify::Check::epochs, verify::Check::seen, verify::Check::texts}) {
        INFO(verify::check_info(check).name);
        CHECK(report.of(check).done > 0);
    }
    CHECK(report.counts.epochs == 2);
    CHECK(report.counts.forks >= 1);
    for (const char* type :
         {"review_submitted", "review_withdrawn", "note_added", "operation_quarantined", "operation_repeated",
          "quarantine_settled", "item_closed", "stream_forked", "lease_granted", "policy_activated", "rights_revoked",
          "rights_restored", "prediction_added", "policy_proposed", "policy_change_withdrawn", "policy_approved"}) {
        INFO(type);
        CHECK(report.types.contains(type));
    }
}

TEST_CASE("logs of whatever happens are verified") {
    for (uint64_t seed = 1; seed <= 12; ++seed) {
        FullStory story(seed);
        story.tell_by_chance(60);
        const std::string bundle = bundle_of(story.server);
        hand_out("seed-" + std::to_string(seed), bundle);
        const verify::Report report = verified(bundle);
        INFO("seed " << seed << "\n" << verify::report_text(report, "story"));
        CHECK(report.good());
    }
}

TEST_CASE("texts come along for those who may read them, once each, and not when they are not wanted") {
    FullStory story(4);
    story.tell();
    const std::string with = bundle_of(story.server);
    const std::string without = bundle_of(story.server, "?texts=none");
    CHECK(with.find("\n{\"text\":") != std::string::npos);
    CHECK(without.find("\n{\"text\":") == std::string::npos);
    CHECK(verified(without).good());
    CHECK(verified(with).counts.leaves == verified(without).counts.leaves);
    CHECK(story.server.ask("GET", "/api/v1/projects/city/log/bundle?texts=some").status == 400);
    // A token that may export and may not read items gets the log without texts, and is told when it asks for them.
    story.server.cookies.clear();
    story.server.sign_in("rae", "reviewer");
    CHECK(story.server.ask("GET", "/api/v1/projects/city/log/bundle").status == 403);
}

TEST_CASE("a log that nobody has signed yet has no bundle") {
    TestServer server;
    set_up_city(server);
    server.sign_in("ida", "auditor");
    CHECK(server.ask("GET", "/api/v1/projects/city/log/bundle").status == 404);
    CHECK(server.ask("GET", "/api/v1/projects/nowhere/log/bundle").status == 404);
}

TEST_CASE("a bundle goes up to the newest checkpoint of the moment in which it began, though the server goes on") {
    FullStory story(5);
    story.tell();
    store::Database& database = *story.server.database;
    auto writer = bundle::BundleWriter::open(
        database, ProjectId("city"), {*story.server.settings.log_key, story.server.clock.now(), bundle::Texts::with});
    REQUIRE(writer.ok());
    const uint64_t size = writer.value().size();
    std::string out;
    REQUIRE(writer.value().next(database, out).value());
    story.server.ingest("city", sample_line("new", "New", "pothole", "0.7"));
    story.server.seal();
    while (writer.value().next(database, out).value()) {
    }
    const verify::Report report = verified(out);
    INFO(verify::report_text(report, "story"));
    CHECK(report.good());
    CHECK(report.counts.leaves == size);
}

TEST_CASE("an entry is handed out byte for byte") {
    FullStory story(6);
    story.tell();
    const std::string line = line_with(bundle_of(story.server), R"("seq":3,"type")");
    const TestServer::Answer entry = story.server.ask("GET", "/api/v1/projects/city/log/entry?seq=3");
    CHECK(entry.status == 200);
    CHECK(R"({"leaf":)" + entry.body + "}" == line);
    CHECK(story.server.ask("GET", "/api/v1/projects/city/log/entry?seq=70000").status == 404);
}
