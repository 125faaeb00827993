// Whatever happens on a server and on its devices, with cuts anywhere: once all is quiet, every device has exactly the
// items that wait for people, as the server has them. Also one that was just made.

#include <map>

#include <catch_amalgamated.hpp>

#include "core/store/lists.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

struct Waiting {
    ItemStatus status = ItemStatus::unknown;
    std::string tier;
    std::string label;
    EventSeq last_seq = 0;

    bool operator==(const Waiting&) const = default;
};

std::map<std::string, Waiting> waiting_in(store::Database& database) {
    const store::ProjectRow project = store::find_project(database, ProjectId("city")).value();
    std::map<std::string, Waiting> out;
    for (const ItemStatus status : {ItemStatus::open, ItemStatus::escalated}) {
        const store::ListFilter filter{.status = status};
        const auto page = store::list_items(database, project, filter, store::ListSort::oldest, {}, 10'000).value();
        for (const store::ItemRow& row : page.rows) {
            out[row.id.text] = {row.status, row.tier, row.label.text, row.last_seq};
        }
    }
    return out;
}

std::string two_reviewers_policy() {
    std::string policy = sample_policy();
    const std::string_view quick = R"("kind": "quick", )";
    policy.insert(policy.find(quick) + quick.size(), R"("reviewers": 2, )");
    return policy;
}

class World {
public:
    explicit World(uint64_t seed) : random_(seed), server(seed) {
        server.settings.limits.page_items = 3;
        server.settings.limits.feed_events = 4;
        server.create_project("city", two_reviewers_policy());
        for (const char* name : {"ada", "ben", "cyd"}) {
            devices.push_back(std::make_unique<TestDevice>(server, name, "city", seed + devices.size() + 1));
        }
    }

    void step() {
        TestDevice& device = *devices[random_.below(devices.size())];
        server.clock.advance(Duration{static_cast<int64_t>(random_.below(5)) * kSecond_us});
        switch (random_.below(8)) {
            case 0: ingest_new(); return;
            case 1: ingest_again(); return;
            case 2:
            case 3: decide(device); return;
            case 4: withdraw(device); return;
            case 5: device.client->poke(); return;
            case 6: device.transport.network = static_cast<LoopbackTransport::Network>(random_.below(3)); return;
            default:
                for (int i = random_.below(12); i > 0; --i) {
                    device.client->run();
                    device.transport.deliver();
                }
        }
    }

    void come_to_rest() {
        // Twice: the second time everybody hears of what the others had still to send.
        for (int round = 0; round < 2; ++round) {
            for (const auto& device : devices) {
                device->transport.network = LoopbackTransport::Network::up;
                device->client->poke();
                device->settle_for(Duration{5 * kMinute_us});
            }
        }
    }

private:
    std::string confidence() {
        static constexpr const char* kTexts[] = {"0.2", "0.6", "0.6", "0.95", "0.95"};
        return kTexts[random_.below(5)];
    }

    std::string line(const std::string& id) {
        std::string out =
            sample_line(id, "The text of " + id, random_.below(2) == 0 ? "pothole" : "drain", confidence());
        return out.replace(out.find("topics-1"), 8, "topics-" + std::to_string(++models_));
    }

    void ingest_new() {
        std::string lines;
        for (int i = random_.below(4) + 1; i > 0; --i) {
            lines += line("msg-" + std::to_string(items_++));
        }
        server.ingest("city", lines);
    }

    void ingest_again() {
        if (items_ > 0) {
            server.ingest("city", line("msg-" + std::to_string(random_.below(items_))));
        }
    }

    void decide(TestDevice& device) {
        const auto project = store::find_project(*device.database, device.project);
        if (!project.ok() || items_ == 0) {
            return;
        }
        const std::string id = "msg-" + std::to_string(random_.below(items_));
        if (store::find_item(*device.database, project.value(), ItemId(id)).value() == 0) {
            return;
        }
        static constexpr Verdict kVerdicts[] = {Verdict::accept, Verdict::accept, Verdict::reject, Verdict::escalate,
                                                Verdict::skip};
        ReviewDraft draft{.verdict = kVerdicts[random_.below(5)], .active_ms = 700};
        if (device.item(id).route().kind == TierKind::full && draft.verdict != Verdict::skip) {
            draft.answers = {{"danger", "no"}, {"place", "yes"}};
            draft.rationale = {{draft.verdict == Verdict::reject ? "vague" : "clear"}, "Cannot be read at all.", {}};
        }
        const auto done = device.decide(id, draft);
        if (done.ok()) {
            reviews_.emplace_back(&device, id, done.value());
        }
    }

    void withdraw(TestDevice& device) {
        for (const auto& [of, id, review] : reviews_) {
            if (of == &device && random_.below(3) == 0) {
                static_cast<void>(device.withdraw(id, review));
                return;
            }
        }
    }

    SeededEntropy random_;
    uint64_t items_ = 0;
    uint64_t models_ = 0;
    std::vector<std::tuple<TestDevice*, std::string, OperationId>> reviews_;

public:
    TestServer server;
    std::vector<std::unique_ptr<TestDevice>> devices;
};

}  // namespace

TEST_CASE("devices and server agree on what waits for people, whatever happened and was cut") {
    uint64_t reopened = 0;
    for (uint64_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        World world(seed * 1'000);
        for (int i = 0; i < 150; ++i) {
            world.step();
        }
        world.come_to_rest();
        const auto expected = waiting_in(*world.server.database);
        reopened += expected.size();
        TestDevice late(world.server, "dan", "city", seed + 90);
        late.settle();
        CHECK(waiting_in(*late.database) == expected);
        for (const auto& device : world.devices) {
            INFO("device of " << device->actor.text);
            CHECK(device->client->status().operations.on_device == 0);
            CHECK(waiting_in(*device->database) == expected);
        }
    }
    CHECK(reopened > 300);
}

TEST_CASE("an item that went through and then needs a person reaches a device that has long passed it") {
    TestServer server;
    server.create_project("city", sample_policy());
    server.ingest("city", sample_line("sure", "A lamp is dark", "drain", "0.95") +
                              sample_line("open", "A hole", "pothole", "0.7"));
    TestDevice ada(server, "ada", "city", 7);
    ada.settle();
    CHECK(waiting_in(*ada.database).size() == 1);
    std::string again = sample_line("sure", "A lamp is dark", "pothole", "0.5");
    server.ingest("city", again.replace(again.find("topics-1"), 8, "topics-2"));
    ada.client->poke();
    ada.settle();
    CHECK(waiting_in(*ada.database).contains("sure"));
    CHECK(ada.item("sure").current().model.text == "topics-2");
    REQUIRE(ada.decide("sure", {.verdict = Verdict::accept, .active_ms = 900}).ok());
    ada.settle();
    CHECK(ada.client->status().operations.on_server() == 1);
}

TEST_CASE("a new device gets what waits and what its account decided lately, not all that was ever decided") {
    TestServer server;
    server.create_project("city", sample_policy());
    std::string lines;
    for (const char* id : {"long-ago", "ada-lately", "ben-lately", "waits"}) {
        lines += sample_line(id, "A hole", "pothole", "0.7");
    }
    server.ingest("city", lines);
    TestDevice ada(server, "ada", "city", 7);
    TestDevice ben(server, "ben", "city", 8);
    ada.settle();
    ben.settle();
    REQUIRE(ada.decide("long-ago", {.verdict = Verdict::accept, .active_ms = 900}).ok());
    ada.settle();
    server.clock.advance(Duration{30 * kDay_us});
    REQUIRE(ada.decide("ada-lately", {.verdict = Verdict::accept, .active_ms = 900}).ok());
    REQUIRE(ben.decide("ben-lately", {.verdict = Verdict::accept, .active_ms = 900}).ok());
    ada.settle();
    ben.settle();
    TestDevice next(server, "ada", "city", 9);
    next.settle();
    const store::ProjectRow project = store::find_project(*next.database, next.project).value();
    const auto has = [&](const char* id) { return store::find_item(*next.database, project, ItemId(id)).value() != 0; };
    CHECK(has("waits"));
    CHECK(has("ada-lately"));
    CHECK_FALSE(has("ben-lately"));
    CHECK_FALSE(has("long-ago"));
}

TEST_CASE("news that comes while a pull is under way is not missed, wherever the pull stands") {
    for (int steps = 0; steps < 12; ++steps) {
        INFO("after " << steps << " steps");
        TestServer server;
        server.create_project("city", sample_policy());
        TestDevice ada(server, "ada", "city", 7);
        ada.settle();
        server.ingest("city", sample_line("first", "A hole", "pothole", "0.7"));
        ada.client->poke();
        for (int i = 0; i < steps; ++i) {
            i % 2 == 0 ? static_cast<void>(ada.client->run()) : static_cast<void>(ada.transport.deliver());
        }
        server.ingest("city", sample_line("second", "A lamp", "drain", "0.7"));
        ada.client->poke();
        ada.settle();
        CHECK(waiting_in(*ada.database).size() == 2);
    }
}

TEST_CASE("after a snapshot a device knows what became of what it did on items that wait for nobody any more") {
    TestServer server;
    server.create_project("city", two_reviewers_policy());
    server.ingest("city",
                  sample_line("one", "A hole", "pothole", "0.7") + sample_line("two", "A lamp", "drain", "0.7"));
    TestDevice ada(server, "ada", "city", 7);
    TestDevice ben(server, "ben", "city", 8);
    TestDevice cyd(server, "cyd", "city", 9);
    for (TestDevice* device : {&ada, &ben, &cyd}) {
        device->settle();
    }
    REQUIRE(ada.decide("one", {.verdict = Verdict::accept, .active_ms = 900}).ok());
    ada.settle();
    ada.transport.network = LoopbackTransport::Network::down;
    for (TestDevice* device : {&ben, &cyd}) {
        device->client->poke();
        device->settle();
        REQUIRE(device->decide("one", {.verdict = Verdict::accept, .active_ms = 900}).ok());
        device->settle();
    }
    server.settings.limits.feed_reach = 0;
    ada.transport.network = LoopbackTransport::Network::up;
    ada.client->poke();
    ada.settle();
    CHECK(ada.item("one").resolution.status == ItemStatus::resolved);
    CHECK(ada.item("one").reviews.size() == 3);
}

TEST_CASE("an own decision on an item that has come under a policy that is not here yet keeps nothing from coming") {
    TestServer server;
    server.create_project("city", sample_policy());
    server.ingest("city", sample_line("one", "A hole", "pothole", "0.7"));
    TestDevice ada(server, "ada", "city", 7);
    ada.settle();
    ada.transport.network = LoopbackTransport::Network::down;
    REQUIRE(ada.decide("one", {.verdict = Verdict::accept, .active_ms = 900}).ok());
    ada.settle();
    api::Workspace here = server.workspace();
    REQUIRE(api::activate_policy(here, ProjectId("city"), two_reviewers_policy(), ActorId("admin")).ok());
    std::string again = sample_line("one", "A hole", "pothole", "0.2");
    server.ingest("city", again.replace(again.find("topics-1"), 8, "topics-2"));
    ada.transport.network = LoopbackTransport::Network::up;
    // Only the pull gets through.
    server.judges = false;
    ada.client->poke();
    ada.settle_for(Duration{2 * kMinute_us});
    server.judges = true;
    CHECK(ada.item("one").current().model.text == "topics-2");
    ada.client->poke();
    ada.settle_for(Duration{2 * kMinute_us});
    CHECK(ada.item("one").reviews.size() == 1);
    CHECK(ada.client->status().operations.on_server() == 1);
}
