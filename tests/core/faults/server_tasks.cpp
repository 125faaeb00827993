// What a server's store goes through. See task.h.

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "tests/core/faults/task.h"
#include "tests/support/corpus.h"

namespace countersign::faults {

using namespace countersign::testing;

namespace {

const Step kNothing = [](World&) { return success(); };
const Step kOpenServer = [](World& world) { return world.open_server(); };

// A city with ten messages, and a device that has decided on two of them.
Status city(World& world) {
    CS_TRY_STATUS(world.open_server());
    world.server->create_project("city", sample_policy());
    world.server->ingest("city", city_lines(0, 10, "0.71"));
    CS_TRY_STATUS(world.open_device());
    CS_TRY_STATUS(world.sync());
    CS_TRY(world.device->decide("msg-0", {.verdict = Verdict::accept, .active_ms = 900}));
    CS_TRY(world.device->decide("msg-1", {.verdict = Verdict::escalate, .active_ms = 700}));
    return world.sync();
}

Status city_with_unsent(World& world) {
    CS_TRY_STATUS(city(world));
    world.device->transport.network = LoopbackTransport::Network::down;
    for (const char* item : {"msg-2", "msg-3", "msg-4"}) {
        CS_TRY(world.device->decide(item, {.verdict = Verdict::accept, .active_ms = 900}));
    }
    CS_TRY(world.device->decide("msg-5", {.verdict = Verdict::accept, .active_ms = 20}));
    return success();
}

// Its decisions are made on the device before the disk fails; what is looked at is how the server takes them.
Status open_both(World& world) {
    CS_TRY_STATUS(world.open_server());
    return world.open_device();
}

Status corpus_0_1(World& /*world*/) {
    auto database = CS_TRY(store::Database::open(store_of(Side::server)));
    CS_TRY_STATUS(store::migrate_to(*database, 1));
    lay_out_store(*database, read_corpus("0.1/server.jsonl"));
    return success();
}

std::string other_policy() {
    std::string policy = sample_policy();
    policy.replace(policy.find("City service"), 12, "Town service");
    return policy;
}

std::string project_body(std::string_view id) {
    JsonWriter body;
    body.begin_object().member("id", id).member("name", "Town").member("policy", sample_policy()).end_object();
    return std::move(body).take();
}

Status create_project(World& world) {
    const Status made = world.ask("POST", "/api/v1/projects", project_body("town"));
    // A second time it is there already, which is as good.
    const bool there = !made.ok() && made.error().message.find("already a project") != std::string::npos;
    return there ? success() : made;
}

Status import(World& world, const std::string& lines) {
    return world.ask("POST", "/api/v1/projects/city/predictions", lines, "application/jsonl");
}

Status make_token(World& world) {
    const Status made = world.ask("POST", "/api/v1/tokens", R"({"name":"pipeline","role":"model_owner"})");
    const bool there = !made.ok() && made.error().message.find("already") != std::string::npos;
    return there ? success() : made;
}

Status add_account(World& world) {
    const Status made =
        world.ask("POST", "/api/v1/accounts", R"({"account":"ben","role":"reviewer","password":"correct horse"})");
    const bool there = !made.ok() && made.error().message.find("already") != std::string::npos;
    return there ? success() : made;
}

Status checkpoint(World& world) {
    return world.server->database->execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

Status withdraw(World& world) {
    if (world.device->client->status().operations.on_device == 0) {
        const ItemState state = CS_TRY(world.item("msg-0"));
        CS_TRY(world.device->withdraw("msg-0", state.reviews.front().id));
    }
    return world.sync();
}

}  // namespace

std::vector<Task> server_tasks() {
    std::vector<Task> out;
    const auto add = [&](const char* name, Step prepare, Step ready, Step run, bool cleanly = true) {
        out.push_back({name, Side::server, std::move(prepare), std::move(ready), std::move(run), cleanly});
    };
    add("open a new store", kNothing, kNothing, kOpenServer);
    add("open a store of 0.1", corpus_0_1, kNothing, kOpenServer);
    add("open after a kill", city, kNothing, kOpenServer, false);
    add("create a project", kOpenServer, kOpenServer, create_project);
    add("activate a policy", city, kOpenServer,
        [](World& world) { return world.ask("PUT", "/api/v1/projects/city/policy", other_policy()); });
    add("ingest a batch", city, kOpenServer, [](World& world) { return import(world, city_lines(10, 40, "0.62")); });
    add("ingest further predictions", city, kOpenServer,
        [](World& world) { return import(world, city_lines(0, 10, "0.31", "topics-2")); });
    add("push a batch", city_with_unsent, open_both, [](World& world) { return world.sync(); });
    add("withdraw", city, open_both, withdraw);
    add("sign in", city, kOpenServer, [](World& world) { return world.server->try_sign_in("ada", "reviewer"); });
    add("add an account", city, kOpenServer, add_account);
    add("make a token", city, kOpenServer, make_token);
    add("export", city, kOpenServer, [](World& world) {
        return world.ask("GET", "/api/v1/projects/city/export?status=open,resolved,escalated,auto_approved");
    });
    add(
        "checkpoint", city,
        [](World& world) -> Status {
            CS_TRY_STATUS(world.open_server());
            return import(world, city_lines(10, 40, "0.62"));
        },
        checkpoint);
    return out;
}

}  // namespace countersign::faults
