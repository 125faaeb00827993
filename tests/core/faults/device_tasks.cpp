// What a device's store goes through. See task.h.

#include "core/seal/begin_anew.h"
#include "core/store/copy.h"
#include "core/store/notices.h"
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

Status city_with_more(World& world) {
    CS_TRY(world.device->decide("msg-5", {.verdict = Verdict::accept, .active_ms = 900}));
    CS_TRY(world.device->decide("msg-6", {.verdict = Verdict::escalate, .active_ms = 900}));
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

// A server that was put back to what it had before the device decided, and says so.
Status city_put_back(World& world) {
    CS_TRY_STATUS(city_on_both(world));
    auto backup = CS_TRY(store::Database::open({.path = ":memory:"}));
    CS_TRY_STATUS(store::copy_store(*world.server->database, *backup, [](const store::CopyProgress&) { return true; }));
    CS_TRY_STATUS(city_with_more(world));
    world.reader.reset();
    CS_TRY_STATUS(store::copy_store(*backup, *world.server->database, [](const store::CopyProgress&) { return true; }));
    CS_TRY(seal::begin_anew(*world.server->database, world.server->entropy, world.server->clock.now()));
    return success();
}

// Its place in the feed does not hold any more.
Status city_far_behind(World& world) {
    CS_TRY_STATUS(city_with_news(world));
    store::ProjectRow project = CS_TRY(store::find_project(*world.device->database, ProjectId("city")));
    project.feed.clear();
    return store::save_project(*world.device->database, project);
}

Status city_with_seal(World& world) {
    CS_TRY_STATUS(city_on_both(world));
    return world.server->try_seal();
}

Status keep_notice(World& world) {
    const store::ProjectRow project = CS_TRY(store::find_project(*world.device->database, ProjectId("city")));
    store::NoticeRow notice;
    notice.account = world.device->actor;
    notice.project_no = project.no;
    notice.count = 3;
    notice.items = {ItemId("msg-1"), ItemId("msg-2")};
    return store::add_notice(*world.device->database, notice);
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
    add("device: take a snapshot again", city_far_behind, open_both, sync);
    add("device: verify a checkpoint", city_with_seal, open_both, sync);
    add("device: meet a server put back", city_put_back, open_both, sync);
    add("device: keep a notice", city_on_both, open_both, keep_notice);
    return out;
}

}  // namespace countersign::faults
