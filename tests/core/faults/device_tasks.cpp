// What a device's store goes through. See task.h.

#include "tests/core/faults/task.h"
#include "tests/support/corpus.h"

namespace countersign::faults {

using namespace countersign::testing;

namespace {

Status open_device(World& world) {
    CS_TRY_STATUS(world.open_device());
    return success();
}

Status city_on_server(World& world) {
    CS_TRY_STATUS(world.open_server());
    world.server->create_project("city", sample_policy());
    world.server->ingest("city", city_lines(0, 10, "0.71"));
    return success();
}

Status open_both(World& world) {
    CS_TRY_STATUS(world.open_server());
    return world.open_device();
}

Status only_server(World& world) {
    return world.open_server();
}

Status city_on_both(World& world) {
    CS_TRY_STATUS(city_on_server(world));
    CS_TRY_STATUS(world.open_device());
    CS_TRY_STATUS(world.sync());
    CS_TRY(world.device->decide("msg-0", {.verdict = Verdict::accept, .active_ms = 900}));
    return world.sync();
}

Status city_with_unsent(World& world) {
    CS_TRY_STATUS(city_on_both(world));
    world.device->transport.network = LoopbackTransport::Network::down;
    for (const char* item : {"msg-2", "msg-3"}) {
        CS_TRY(world.device->decide(item, {.verdict = Verdict::accept, .active_ms = 900}));
    }
    return success();
}

Status city_with_news(World& world) {
    CS_TRY_STATUS(city_on_both(world));
    world.server->ingest("city", city_lines(10, 20, "0.62"));
    world.server->ingest("city", city_lines(0, 5, "0.3", "topics-2"));
    return success();
}

Status corpus_0_1(World& world) {
    CS_TRY_STATUS(city_on_server(world));
    auto database = CS_TRY(store::Database::open(store_of(Side::device)));
    CS_TRY_STATUS(store::migrate_to(*database, 1));
    lay_out_store(*database, read_corpus("0.1/device.jsonl"));
    return success();
}

Status decide(World& world) {
    const ItemState state = CS_TRY(world.item("msg-4"));
    if (!state.reviews.empty()) {
        return success();  // shown as decided
    }
    ReviewDraft draft{.verdict = Verdict::correct, .label = LabelId("drain"), .active_ms = 61'234};
    draft.rationale.text = "The water, not the hole, is the matter.";
    CS_TRY(world.device->decide("msg-4", draft));
    return success();
}

Status withdraw(World& world) {
    const ItemState state = CS_TRY(world.item("msg-0"));
    for (const Review& review : state.reviews) {
        if (!review.withdrawn) {
            CS_TRY(world.device->withdraw("msg-0", review.id));
        }
    }
    return success();
}

Status note(World& world) {
    TestDevice& device = *world.device;
    CS_TRY(device.device->submit({device.project, ItemId("msg-4"), device.actor, AddNote{"Rang the works.", {}}}));
    return success();
}

}  // namespace

std::vector<Task> device_tasks() {
    std::vector<Task> out;
    const auto add = [&](const char* name, Step prepare, Step ready, Step run, bool cleanly = true) {
        out.push_back({name, Side::device, std::move(prepare), std::move(ready), std::move(run), cleanly});
    };
    const Step sync = [](World& world) { return world.sync(); };
    add("device: open a new store", city_on_server, only_server, open_device);
    add("device: open a store of 0.1", corpus_0_1, only_server, open_device);
    add("device: open after a kill", city_with_unsent, only_server, open_device, false);
    add("device: first pull", city_on_server, open_both, sync);
    add("device: decide", city_on_both, open_both, decide);
    add("device: decide after a kill", city_with_unsent, open_both, decide, false);
    add("device: withdraw", city_on_both, open_both, withdraw);
    add("device: add a note", city_on_both, open_both, note);
    add("device: take answers", city_with_unsent, open_both, sync);
    add("device: take news", city_with_news, open_both, sync);
    return out;
}

}  // namespace countersign::faults
