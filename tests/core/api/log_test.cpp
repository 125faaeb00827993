// The log as an outsider gets it: everything that is handed out proves itself against the signed checkpoint.

#include <catch_amalgamated.hpp>

#include "core/log/checkpoint.h"
#include "core/log/log_proof.h"
#include "core/log/note.h"
#include "core/log/tile_hashes.h"
#include "core/store/ledger.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

const std::string kLog = "/api/v1/projects/city/log/";

// Some hundred events, sealed in two steps.
struct City {
    City() {
        set_up_city(server);
        server.seal();
        ada.hello();
        std::string lines;
        for (int i = 0; i < 600; ++i) {
            lines += sample_line("more-" + std::to_string(i), "A hole", "pothole", "0.7");
        }
        server.ingest("city", lines);
        ada.seal("msg-1", ada.review("msg-1"));
        ada.push();
        server.seal();
        server.sign_in("ida", "auditor");
    }

    std::string get(const std::string& rest) {
        const TestServer::Answer answer = server.ask("GET", kLog + rest);
        INFO(rest << ": " << answer.body.substr(0, 200));
        REQUIRE(answer.status == 200);
        return answer.body;
    }

    Checkpoint checkpoint() {
        const SignedNote note = parse_note(get("checkpoint")).value();
        const Checkpoint out = parse_checkpoint(note.text).value();
        CHECK(verify_note(note, {note_key(out.origin, *server.settings.log_key)}).ok());
        return out;
    }

    store::ProjectRow project() { return store::find_project(*server.database, ProjectId("city")).value(); }

    TestServer server;
    Hand ada{server};
};

class ApiTiles : public TileSource {
public:
    explicit ApiTiles(City& city) : city_(city) {}

    Result<std::vector<std::string>> read(const std::vector<Tile>& tiles) override {
        std::vector<std::string> out;
        for (const Tile& tile : tiles) {
            out.push_back(city_.get(tile_path(tile)));
        }
        return out;
    }

private:
    City& city_;
};

}  // namespace

TEST_CASE("the checkpoint covers the whole log and is signed under the log's origin") {
    City city;
    const Checkpoint checkpoint = city.checkpoint();
    CHECK(checkpoint.head.size == city.project().head_seq);
    CHECK(parse_origin(checkpoint.origin).value().project == "city");
}

TEST_CASE("tiles prove every leaf that the entry bundles hold") {
    City city;
    const Checkpoint checkpoint = city.checkpoint();
    ApiTiles tiles(city);
    TileHashes hashes(checkpoint.head, tiles);
    for (uint64_t index = 0; index * kTileWidth < checkpoint.head.size; ++index) {
        const Tile tile = *tile_in_tree(checkpoint.head.size, 0, index);
        const std::string bundle = city.get(entries_path(tile));
        const std::vector<std::string_view> entries = split_entries(bundle, tile.width).value();
        for (size_t i = 0; i < entries.size(); ++i) {
            const uint64_t leaf = index * kTileWidth + i;
            CHECK(hashes.read({{0, leaf}}).value().front() == leaf_hash(entries[i]));
            CHECK(entries[i] == store::read_event(*city.server.database, city.project(), leaf + 1).value().leaf);
        }
    }
}

TEST_CASE("a decision's proof stands alone, and an earlier log is the beginning of the later one") {
    City city;
    const Checkpoint checkpoint = city.checkpoint();
    const LogProof proof = parse_log_proof(city.get("proof?op=" + city.ada.last.text)).value();
    const std::string leaf = store::read_event(*city.server.database, city.project(), proof.index + 1).value().leaf;
    CHECK(leaf.find(city.ada.last.text) != std::string::npos);
    CHECK(check_inclusion(checkpoint.head, proof.index, leaf_hash(leaf), proof.path).ok());
    CHECK_FALSE(check_inclusion(checkpoint.head, proof.index, leaf_hash(leaf + " "), proof.path).ok());
    const Json json = parse_json(city.get("consistency?from=4")).value();
    TreeProof path;
    for (const Json& hash : *json.find("proof")->array()) {
        path.push_back(digest_from_hex(*hash.string()).value());
    }
    store::Statement first = city.server.database->prepare("SELECT root FROM checkpoint WHERE size = 4").value();
    REQUIRE(first.step().value());
    const TreeHead early{4, digest_from_bytes(first.blob(0)).value()};
    CHECK(check_consistency(early, checkpoint.head, path).ok());
}

TEST_CASE("what is not sealed, not there or not allowed is said") {
    City city;
    const auto answer = [&](const std::string& rest) {
        const TestServer::Answer got = city.server.ask("GET", kLog + rest);
        return std::pair(got.status, parse_json(got.body).value().text_of("field"));
    };
    CHECK(answer("proof?seq=99999") == std::pair(404, std::string("seq")));
    CHECK(answer("proof?op=none") == std::pair(404, std::string("op")));
    CHECK(answer("tile/0/999") == std::pair(404, std::string("tile")));
    CHECK(answer("tile/0/1000").first == 400);
    CHECK(answer("consistency?from=0") == std::pair(400, std::string("from")));
    city.server.sign_in("ben", "reviewer");
    CHECK(city.server.ask("GET", kLog + "tile/0/000").status == 200);
    CHECK(city.server.ask("GET", kLog + "tile/entries/000").status == 403);
    TestServer fresh(9);
    fresh.create_project("city", sample_policy());
    fresh.sign_in("ida", "auditor");
    CHECK(fresh.ask("GET", kLog + "checkpoint").status == 404);
}
