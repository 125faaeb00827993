// What a server's store goes through when decisions arrive, are judged, sealed, and looked at by leads. See task.h.

#include "core/api/cursor.h"
#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/seal/begin_anew.h"
#include "core/store/leases.h"
#include "core/sync/device_streams.h"
#include "tests/core/faults/task.h"
#include "tests/support/hand.h"

namespace countersign::faults {

using namespace countersign::testing;

namespace {

const Step kOpenServer = [](World& world) { return world.open_server(); };
const std::string kCity = "/api/v1/projects/city";

Status open_both(World& world) {
    CS_TRY_STATUS(world.open_server());
    return world.open_device();
}

Status new_city(World& world) {
    CS_TRY_STATUS(world.open_server());
    world.server->create_project("city", sample_policy());
    world.server->ingest("city", city_lines(0, 10, "0.71"));
    return success();
}

// With a device that has decided on an item.
Status city(World& world) {
    CS_TRY_STATUS(new_city(world));
    CS_TRY_STATUS(world.open_device());
    CS_TRY_STATUS(world.sync());
    CS_TRY(world.device->decide("msg-0", {.verdict = Verdict::accept, .active_ms = 900}));
    return world.sync();
}

Status decide_some(World& world) {
    for (const char* item : {"msg-2", "msg-3", "msg-4"}) {
        CS_TRY(world.device->decide(item, {.verdict = Verdict::accept, .active_ms = 900}));
    }
    ReviewDraft corrected{.verdict = Verdict::correct, .label = LabelId("drain"), .active_ms = 61'234};
    corrected.rationale.text = "The water, not the hole, is the matter.";
    CS_TRY(world.device->decide("msg-5", corrected));
    return success();
}

Status city_with_unsent(World& world) {
    CS_TRY_STATUS(city(world));
    world.device->transport.network = LoopbackTransport::Network::down;
    return decide_some(world);
}

Status city_with_unjudged(World& world) {
    CS_TRY_STATUS(city(world));
    CS_TRY_STATUS(decide_some(world));
    return world.exchange();
}

Status city_with_seal(World& world) {
    CS_TRY_STATUS(city_with_unjudged(world));
    CS_TRY_STATUS(world.server->try_seal());
    return world.server->try_judge();
}

// A decision that its device did not sign waits for a lead.
Status city_with_doubts(World& world) {
    CS_TRY_STATUS(city_with_unsent(world));
    const ActorId ada = world.device->actor;
    const auto streams = CS_TRY(store::streams_of(*world.device->database, ada, nullptr));
    PushBody push = CS_TRY(sync::push_after(*world.device->device, streams.back(), streams.back().levels.saved, {}));
    push.signature.clear();
    CS_TRY_STATUS(world.server->try_sign_in(ada.text, "reviewer"));
    CS_TRY_STATUS(
        good(world.server->ask("POST", kCity + "/operations", write_push_body(push, Elide::yes), "application/jsonl")));
    return world.server->try_judge();
}

// A decision on an item that is not there yet.
Status city_with_early(World& world) {
    CS_TRY_STATUS(city(world));
    Hand ben(*world.server, "ben", 9);
    ben.hello();
    SubmitReview review = ben.review("msg-1");
    ben.seal("msg-12", review);
    ben.push();
    return world.server->try_judge();
}

Result<store::StreamRow> stream_of_ada(World& world) {
    const auto streams = CS_TRY(store::streams_of(*world.server->database, ActorId("ada"), nullptr));
    return streams.empty() ? Result<store::StreamRow>(fail(ErrorCode::internal, "ada has no stream; let her say hello"))
                           : streams.back();
}

Status lease(World& world) {
    const store::StreamRow stream = CS_TRY(stream_of_ada(world));
    return world.ask_as_reviewer("POST", kCity + "/leases",
                                 concat(R"({"stream":")", stream.stream.text, R"(","items":["msg-6","msg-7"]})"));
}

// Taken along for days, because each life of the machine begins an hour later.
Status city_with_leases(World& world) {
    CS_TRY_STATUS(city(world));
    const store::StreamRow stream = CS_TRY(stream_of_ada(world));
    return world.ask_as_reviewer("POST", kCity + "/leases",
                                 concat(R"({"stream":")", stream.stream.text, R"(","take":2,"for":"2d"})"));
}

Status give_back(World& world) {
    const store::StreamRow stream = CS_TRY(stream_of_ada(world));
    JsonWriter body;
    body.begin_object().name("leases").begin_array();
    size_t count = 0;
    for (const store::LeaseRow& row :
         CS_TRY(store::leases_of(*world.server->database, stream.stream, world.server->clock.now()))) {
        body.begin_object().member("item", row.item.text).member("slot", static_cast<int64_t>(row.lease.slot));
        body.member("fence", to_text(row.lease.fence)).end_object();
        ++count;
    }
    const std::string text = std::move(body.end_array().end_object()).take();
    return count == 0 ? success() : world.ask_as_reviewer("POST", kCity + "/leases/end", text);
}

Status settle_doubts(World& world, bool admit) {
    const store::ProjectRow project = CS_TRY(store::find_project(*world.server->database, ProjectId("city")));
    for (const store::OperationRow& row :
         CS_TRY(store::operations_in(*world.server->database, project, store::OperationState::quarantined, 10))) {
        JsonWriter body;
        body.begin_object().member("stream", row.stream.text).member("seq", static_cast<int64_t>(row.seq));
        body.member("hash", to_hex(row.hash)).member_bool("admit", admit).member("reason", "Rang her.").end_object();
        CS_TRY_STATUS(world.ask("POST", kCity + "/quarantine", std::move(body).take()));
    }
    return success();
}

Status withdraw_item(World& world) {
    const ItemId item("msg-9");
    const store::ProjectRow project = CS_TRY(store::find_project(*world.server->database, ProjectId("city")));
    const int64_t item_no = CS_TRY(store::find_item(*world.server->database, project, item));
    const auto row = CS_TRY(store::read_item(*world.server->database, item_no));
    const bool done = row && row->status == ItemStatus::withdrawn;
    return done ? success() : world.ask("POST", kCity + "/close", R"({"item":"msg-9","as":"withdrawn"})");
}

Status revoke_device(World& world) {
    const store::StreamRow stream = CS_TRY(stream_of_ada(world));
    return world.ask("POST", concat("/api/v1/accounts/ada/devices/", stream.device.text, "/revoke"), "{}");
}

Status begin_anew(World& world) {
    CS_TRY(seal::begin_anew(*world.server->database, world.server->entropy, world.server->clock.now()));
    return success();
}

}  // namespace

std::vector<Task> record_tasks() {
    std::vector<Task> out;
    const auto add = [&](const char* name, Step prepare, Step ready, Step run, bool cleanly = true) {
        out.push_back({name, Side::server, std::move(prepare), std::move(ready), std::move(run), cleanly});
    };
    const Step judge = [](World& world) { return world.server->try_judge(); };
    const Step seal = [](World& world) { return world.server->try_seal(); };
    const Step exchange = [](World& world) { return world.exchange(); };
    add("hear a device's hello", new_city, open_both, exchange);
    add("record a batch", city_with_unsent, open_both, exchange);
    add("judge a batch", city_with_unjudged, kOpenServer, judge);
    add("judge a batch after a kill", city_with_unjudged, kOpenServer, judge, false);
    add("seal a log", city, kOpenServer, seal);
    add("seal more of a log", city_with_seal, kOpenServer, seal);
    add("give a page of the feed", city, kOpenServer, [](World& world) { return world.read_feed(); });
    add("lease items", city, kOpenServer, lease);
    add("take leases back", city_with_leases, kOpenServer, give_back);
    add("admit what waited", city_with_doubts, kOpenServer, [](World& world) { return settle_doubts(world, true); });
    add("reject what waited", city_with_doubts, kOpenServer, [](World& world) { return settle_doubts(world, false); });
    add("import an awaited item", city_with_early, kOpenServer, [](World& world) {
        return world.ask("POST", kCity + "/predictions", city_lines(11, 14, "0.62"), "application/jsonl");
    });
    add("withdraw an item", city, kOpenServer, withdraw_item);
    add("revoke a device", city, kOpenServer, revoke_device);
    add("begin a new life", city_with_seal, kOpenServer, begin_anew);
    return out;
}

}  // namespace countersign::faults
