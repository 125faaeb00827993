// Devices look after their server's log: what they call sealed is proven, and a log that was changed or shown otherwise
// to somebody else is found out.

#include "core/sync/log_watch.h"

#include <catch_amalgamated.hpp>

#include "core/store/checkpoints.h"
#include "core/store/notices.h"
#include "core/store/tiles.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

struct City {
    City() {
        server.create_project("city", sample_policy());
        std::string lines;
        for (int i = 0; i < 400; ++i) {
            lines += sample_line("msg-" + std::to_string(i), "A hole in the road", "pothole", "0.71");
        }
        server.ingest("city", lines);
        ada.settle();
        ben.settle();
    }

    void decide(TestDevice& who, int from, int to) {
        for (int i = from; i < to; ++i) {
            server.clock.advance(Duration{kSecond_us});
            REQUIRE(who.decide("msg-" + std::to_string(i), {.verdict = Verdict::accept, .active_ms = 900}).ok());
        }
        who.settle();
    }

    void seal() {
        server.seal();
        poke();
    }

    void poke() {
        for (TestDevice* device : {&ada, &ben}) {
            device->client->poke();
            device->settle();
        }
    }

    // While a tile is on its way to ada, the server goes back to when five of her decisions were sealed, and its log
    // goes on otherwise.
    void put_back_during_a_look() {
        decide(ada, 0, 5);
        seal();
        auto backup = copy_of(*server.database);
        decide(ada, 5, 8);
        server.seal();
        ada.client->poke();
        ada.run_until_it_asks("/log/tile/");
        server.put_back(std::move(backup));
        decide(ben, 10, 20);
        server.seal();
    }

    store::ProjectRow project() { return store::find_project(*server.database, ProjectId("city")).value(); }

    bool disputed(TestDevice& device) {
        const auto notices = store::notices_of(*device.database, device.actor).value();
        return device.client->status().log_problem.has_value() && !notices.empty() &&
               notices.front().kind == store::NoticeKind::log_disputed;
    }

    TestServer server;
    TestDevice ada{server, "ada", "city", 7};
    TestDevice ben{server, "ben", "city", 8};
};

}  // namespace

TEST_CASE("a decision is on the device, then saved, then sealed under a checkpoint that was verified, then stable") {
    City city;
    city.decide(city.ada, 0, 5);
    const auto counts = [&] { return city.ada.client->status().operations; };
    CHECK(counts().saved == 5);
    city.seal();
    INFO((city.ada.client->status().log_problem ? city.ada.client->status().log_problem->text() : ""));
    CHECK(counts().sealed == 5);
    CHECK(counts().saved == 0);
    store::ProjectRow row = city.project();
    row.stable_seq = row.head_seq - 2;
    REQUIRE(store::save_project(*city.server.database, row).ok());
    city.poke();
    CHECK(counts().stable == 3);
    CHECK(counts().sealed == 2);
    // The next decision names the checkpoint, once.
    city.decide(city.ada, 5, 7);
    store::Statement named =
        city.ada.database->prepare("SELECT count(*) FROM operation WHERE bytes LIKE '%\"seen\":{%'").value();
    REQUIRE(named.step().value());
    CHECK(named.integer(0) == 1);
}

TEST_CASE("what was cut off on the way disputes nothing") {
    City city;
    city.decide(city.ada, 0, 2);
    city.server.seal();
    city.ada.client->poke();
    // Wherever it is cut: the page, the tiles.
    for (int i = 0; i < 40; ++i) {
        city.ada.transport.network =
            i % 2 == 0 ? LoopbackTransport::Network::up : LoopbackTransport::Network::answer_cut;
        city.ada.client->run();
        city.ada.transport.deliver();
        city.server.clock.advance(Duration{kMinute_us});
        CHECK_FALSE(city.disputed(city.ada));
    }
    city.ada.transport.network = LoopbackTransport::Network::up;
    city.ada.settle_for(Duration{5 * kMinute_us});
    CHECK(city.ada.client->status().operations.sealed == 2);
}

TEST_CASE("what the server has not sealed, or sealed with another key, is not called sealed") {
    City city;
    city.decide(city.ada, 0, 2);
    city.seal();
    CHECK(city.ada.client->status().operations.sealed == 2);
    city.decide(city.ada, 2, 4);
    CHECK(city.ada.client->status().operations.saved == 2);
    TestServer other(77);
    store::CheckpointRow forged = store::newest_checkpoint(*city.server.database, city.project()).value().value();
    forged.size += 2;
    forged.note = sign_checkpoint({parse_checkpoint(forged.note.substr(0, forged.note.find("\n\n") + 1)).value().origin,
                                   {forged.size, forged.root}},
                                  crypto::SigningKey::from_seed(std::string(32, 'f')).value())
                      .value();
    REQUIRE(store::add_checkpoint(*city.server.database, city.project(), forged).ok());
    city.poke();
    CHECK(city.ada.client->status().operations.sealed == 2);
    CHECK(city.ada.client->status().log_problem.has_value());
}

TEST_CASE("an entry that is changed and hashed again is found out by whoever saw the log before") {
    City city;
    city.decide(city.ada, 0, 3);
    city.seal();
    CHECK_FALSE(city.disputed(city.ada));
    REQUIRE(city.server.database
                ->execute("UPDATE event SET leaf = replace(leaf, 'A', 'B'), item = item WHERE at_key % 1000 = 17")
                .ok());
    REQUIRE(city.server.database->execute("UPDATE event SET leaf = leaf || ' ' WHERE at_key % 1000 = 17").ok());
    REQUIRE(store::drop_tiles(*city.server.database, city.project()).ok());
    REQUIRE(city.server.database->execute("DELETE FROM checkpoint").ok());
    city.decide(city.ada, 3, 5);
    city.seal();
    CHECK(city.disputed(city.ada));
    CHECK(city.ada.client->status().operations.sealed == 3);
    CHECK(city.ada.client->status().operations.saved == 2);
}

TEST_CASE("an own decision whose entry was changed before it was sealed is not called sealed") {
    City city;
    city.decide(city.ada, 0, 1);
    city.poke();
    const store::ProjectRow row = city.project();
    const std::string last = std::to_string(row.no * (int64_t{1} << 40) + static_cast<int64_t>(row.head_seq));
    REQUIRE(city.server.database
                ->execute("UPDATE event SET leaf = replace(leaf, '\"accept\"', '\"reject\"') WHERE at_key = " + last)
                .ok());
    city.seal();
    CHECK(city.disputed(city.ada));
    CHECK(city.ada.client->status().operations.sealed == 0);
}

TEST_CASE("two histories shown to two devices are found out when one hears of the other") {
    City city;
    city.seal();  // both have seen the beginning
    auto other_history = copy_of(*city.server.database);
    // Ada is shown one log ...
    city.decide(city.ada, 0, 2);
    city.server.seal();
    city.ada.client->poke();
    city.ada.settle();
    CHECK(city.ada.client->status().operations.sealed == 2);
    // ... in which her next decision names what she saw. Ben is shown another, without her first two decisions; hers
    // are put into it later, so that he does not miss her.
    city.decide(city.ada, 2, 3);
    std::swap(city.server.database, other_history);
    city.server.policies = {};
    city.decide(city.ben, 10, 14);
    city.server.seal();
    city.ben.client->poke();
    city.ben.settle();
    CHECK(city.ben.client->status().operations.sealed == 4);
    CHECK_FALSE(city.disputed(city.ben));
    const store::ProjectRow mine = store::find_project(*city.ada.database, city.ada.project).value();
    const store::StreamRow stream = store::open_stream(*city.ada.database, city.ada.actor, mine).value().value();
    const PushBody body = sync::push_after(*city.ada.device, stream, 0, {}).value();
    city.server.sign_in("ada", "reviewer");
    REQUIRE(city.server
                .ask("POST", "/api/v1/projects/city/operations", write_push_body(body, Elide::yes), "application/jsonl")
                .status == 200);
    city.decide(city.ben, 14, 15);
    city.server.seal();
    city.ben.client->poke();
    city.ben.settle();
    CHECK(city.disputed(city.ben));
}

TEST_CASE("a server that is put back while a device looks after its log is asked before it is accused") {
    City city;
    city.put_back_during_a_look();
    city.ada.settle_for(Duration{20 * kMinute_us});
    CHECK_FALSE(city.ada.client->status().log_problem);
    CHECK_FALSE(city.disputed(city.ada));
    city.server.seal();
    city.poke();
    CHECK(city.ada.client->status().operations.sealed == 8);
}

TEST_CASE("a server that was put back and does not answer yet is not accused, however often its tiles disagree") {
    City city;
    city.put_back_during_a_look();
    city.ada.transport.unreachable = {"/api/v1/server", "/hello"};
    city.ada.settle_for(Duration{20 * kMinute_us});
    CHECK_FALSE(city.disputed(city.ada));
    city.ada.transport.unreachable.clear();
    city.ada.settle_for(Duration{20 * kMinute_us});
    CHECK_FALSE(city.ada.client->status().log_problem);
    CHECK_FALSE(city.disputed(city.ada));
}

TEST_CASE("a life of the server that lost something is remembered by a device that checked no checkpoint in it") {
    City city;
    auto backup = copy_of(*city.server.database);
    city.decide(city.ada, 0, 5);
    city.seal();
    CHECK(city.ada.client->status().operations.sealed == 5);
    // The second life goes other ways and signs nothing; the third goes on from there.
    city.ada.transport.network = LoopbackTransport::Network::down;
    city.server.put_back(std::move(backup));
    city.decide(city.ben, 10, 20);
    city.ada.transport.network = LoopbackTransport::Network::up;
    city.poke();
    CHECK(city.ada.client->status().operations.saved == 5);
    city.server.put_back(copy_of(*city.server.database));
    city.poke();
    city.seal();
    CHECK_FALSE(city.ada.client->status().log_problem);
    CHECK_FALSE(city.disputed(city.ada));
    CHECK(city.ada.client->status().operations.sealed == 5);
}
