// What goes wrong in a simulation, apart from messages (network.cpp).

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/sync/outbox_file.h"
#include "tests/sim/invariants.h"
#include "tests/sim/world.h"

namespace countersign::sim {

namespace {

constexpr size_t kMostDesks = 12;
constexpr size_t kImages = 3;

void start_later(World& world, Desk& desk) {
    world.timeline.after(world.dice.between(kSecond_us, 2 * kMinute_us), [&desk, life = desk.life()] {
        if (desk.life() == life) {
            desk.start();
        }
    });
}

}  // namespace

void Trouble::any() {
    const uint64_t what = world.dice.below(100);
    if (what < 34) {
        of_device();
    } else if (what < 52) {
        of_store();
    } else if (what < 72) {
        of_server();
    } else if (what < 79) {
        of_clocks();
    } else if (what < 88) {
        of_rights();
    } else {
        of_operations();
    }
}

void Trouble::of_device() {
    Desk& desk = world.any_desk();
    const uint64_t what = world.dice.below(10);
    if (!desk.running()) {
        return;
    }
    if (what < 5) {
        desk.offline = !desk.offline;
        world.line("desk ", desk.number(), desk.offline ? " has no network" : " has a network");
        if (!desk.offline) {
            desk.poke();
        }
    } else if (what < 7) {
        world.happened(Mishap::tab_frozen);
        desk.freeze(world.dice.between(kSecond_us, 10 * kMinute_us));
    } else if (what < 8) {
        world.happened(Mishap::other_person);
        desk.sign_in_as(world.dice.pick(world.reviewers));
    } else if (what < 9) {
        desk.open_project(world.dice.pick(world.projects));
    } else {
        world.happened(Mishap::device_crash_after_flush);
        desk.crash(world.dice.below(1'000'000));
        start_later(world, desk);
    }
}

void Trouble::of_store() {
    Desk& desk = world.any_desk();
    const uint64_t what = world.dice.below(12);
    if (!desk.running()) {
        return;
    }
    if (what < 5) {
        desk.images.push_back(desk.image());
        if (desk.images.size() > kImages) {
            desk.images.pop_front();
        }
    } else if (what < 7 && !desk.images.empty()) {
        world.happened(Mishap::device_rolled_back);
        desk.put_back(desk.images[static_cast<size_t>(world.dice.below(desk.images.size()))]);
        start_later(world, desk);
    } else if (what < 8 && world.desks.size() < kMostDesks) {
        world.happened(Mishap::device_cloned);
        world.desks.push_back(std::make_unique<Desk>(world, world.desks.size(), desk));
    } else if (what < 9) {
        world.happened(Mishap::device_evicted);
        if (world.dice.one_in(2)) {
            world.happened(Mishap::device_forgot_cookies);
            desk.cookies.clear();
        }
        desk.put_back({empty_store(), {}, {}, desk.clock.highest()});
        desk.images.clear();
        start_later(world, desk);
    } else {
        forget_stable_of(world, desk);
    }
}

void Trouble::of_server() {
    const uint64_t what = world.dice.below(10);
    if (!world.server.up()) {
        return;
    }
    if (what < 4) {
        world.server.back_up(world.dice.one_in(3));
        world.server_wrote();
    } else if (what < 7) {
        world.server.crash(world.dice.below(1'000'000));
        world.server_died(Mishap::server_crash_idle);
    } else if (what < 8 && world.server.backups() > 0) {
        world.restore_server(static_cast<size_t>(world.dice.below(world.server.backups())));
    } else {
        world.seal_all(20'000);
    }
}

void Trouble::of_clocks() {
    static const std::vector<int64_t> kJumps_us = {kMinute_us, kHour_us, kDay_us, 3'653 * kDay_us};
    const int64_t by_us = world.dice.pick(kJumps_us);
    const uint64_t what = world.dice.below(6);
    if (what == 0) {
        world.happened(Mishap::server_clock_set);
        world.dice.one_in(2) ? world.server.clock.set_right() : world.server.clock.jump({by_us});
        return;
    }
    Desk& desk = world.any_desk();
    if (what == 1) {
        desk.clock.set_right();
        return;
    }
    const bool back = what < 4;
    world.happened(back ? Mishap::clock_set_back : Mishap::clock_set_forward);
    desk.clock.jump({back ? -by_us : by_us});
}

void Trouble::of_rights() {
    const ActorId person = world.dice.pick(world.reviewers);
    if (!world.server.up()) {
        return;
    }
    if (world.dice.one_in(4)) {
        Desk& desk = world.any_desk();
        if (desk.running()) {
            world.happened(Mishap::device_revoked);
            world.ask_as(ActorId("root"), {"POST", concat("/api/v1/accounts/", desk.person.text, "/devices/",
                                                          desk.device->id().text, "/revoke")});
        }
        return;
    }
    const bool is = world.dice.one_in(2);
    world.happened(is ? Mishap::rights_revoked : Mishap::rights_restored);
    world.set_disabled(person, is);
}

void Trouble::of_operations() {
    Desk& desk = world.any_desk();
    if (!desk.running() || desk.waiting().empty()) {
        return;
    }
    switch (world.dice.below(4)) {
        case 0:
        case 1: poison(desk); return;
        case 2: burst(desk); return;
        default: hand_in_file(desk);
    }
}

void Trouble::poison(Desk& desk) {
    const std::vector<store::ItemRow> waiting = desk.waiting();
    const ItemId item = world.dice.one_in(3) ? ItemId("msg-of-nowhere") : world.dice.pick(waiting).id;

    struct Strange {
        std::string_view type;
        std::string_view body;
    };

    static const std::vector<Strange> kStrange = {
        {"submit_review", "{}"},
        {"submit_review", R"({"verdict":"accept"})"},
        {"submit_review", R"({"active_ms":1,"policy":"00","prediction":"00","verdict":"accept"})"},
        {"withdraw_review", R"({"review":"nobody's"})"},
        {"add_note", R"({"text":"0000000000000000000000000000000000000000000000000000000000000000"})"},
        {"add_note", R"({"text":7})"},
    };
    if (world.dice.one_in(3)) {
        world.happened(Mishap::unknown_operation);
        desk.add_foreign(item, "weigh_item", R"({"grams":12})");
        return;
    }
    world.happened(Mishap::poison_operation);
    const Strange& strange = world.dice.pick(kStrange);
    desk.add_foreign(item, strange.type, strange.body);
}

void Trouble::burst(Desk& desk) {
    world.happened(Mishap::huge_batch);
    const std::vector<store::ItemRow> waiting = desk.waiting();
    for (int64_t i = world.dice.between(12, 40); i > 0; --i) {
        const ItemId id = world.dice.pick(waiting).id;
        desk.act(id, AddNote{concat("Note ", i, ' ', marker_of(desk.project, id.text)), {}});
    }
    desk.pump();
}

// Somebody saves what is not sent, and a lead brings it.
void Trouble::hand_in_file(Desk& desk) {
    const auto row = desk.project_row();
    if (!world.server.up() || !row) {
        return;
    }
    const auto file = sync::write_outbox_file(*desk.device, *row, desk.person);
    if (!file.ok() || file.value().bytes.empty()) {
        return;
    }
    world.happened(Mishap::outbox_file);
    for (const sync::OutboxPart& part : sync::read_outbox_file(file.value().bytes).value()) {
        world.ask_as(ActorId("lea"), {"POST", concat("/api/v1/projects/", desk.project.text, "/outbox"), part.body,
                                      "application/jsonl"});
    }
}

}  // namespace countersign::sim
