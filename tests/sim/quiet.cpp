#include "tests/sim/quiet.h"

#include "core/base/concat.h"
#include "core/sync/device_streams.h"
#include "tests/sim/invariants.h"
#include "tests/sim/world.h"

namespace countersign::sim {

namespace {

// Long enough for the longest wait of a device twice over.
constexpr int64_t kLongEnough_us = 3 * kMinute_us;
constexpr int kRounds = 5;

void end_the_faults(World& world) {
    world.network.calm = true;
    world.restart_server();
    world.server.clock.set_right();
    for (const auto& desk : world.desks) {
        desk->offline = false;
        if (desk->running()) {
            desk->thaw();
        } else {
            desk->start();
        }
    }
    world.run_for(kLongEnough_us);
}

bool has_unsent(Desk& desk, const ActorId& person) {
    return !sync::unsaved_streams(*desk.machine.database, person).value().empty();
}

// Everybody who worked at a device sends what is still there; whether there was anything.
bool send_everything(World& world) {
    bool any = false;
    for (const auto& desk : world.desks) {
        const std::set<ActorId> people = desk->people;
        for (const ActorId& person : people) {
            if (!has_unsent(*desk, person)) {
                continue;
            }
            any = true;
            desk->sign_in_as(person);
            world.run_for(kLongEnough_us);
            if (world.breaches.empty() && has_unsent(*desk, person)) {
                const auto& error = desk->client->status().last_error;
                world.breach("I14", concat("desk ", desk->number(), " cannot send what '", person.text, "' did",
                                           world.network.refuses_pulls ? ", while pulls are refused: " : ": ",
                                           error ? error->text() : std::string("no error")));
            }
        }
    }
    return any;
}

void pull_everything(World& world) {
    for (const ProjectId& project : world.projects) {
        for (const auto& desk : world.desks) {
            desk->open_project(project);
        }
        world.run_for(kLongEnough_us);
    }
}

}  // namespace

void come_to_rest(World& world) {
    end_the_faults(world);
    // Nobody can pull at first: sending must not wait for it.
    world.network.refuses_pulls = true;
    send_everything(world);
    world.network.refuses_pulls = false;
    for (const ActorId& person : world.reviewers) {
        world.set_disabled(person, false);
    }
    // A device that hears of a restored server offers anew what that has lost, for everybody who worked there.
    bool more = true;
    for (int round = 0; more && round < kRounds; ++round) {
        pull_everything(world);
        more = send_everything(world);
    }
    if (more && world.breaches.empty()) {
        world.breach("I14", "there is always something left to send");
    }
    world.judge_all();
    pull_everything(world);
    world.settle_quarantine();
    world.run_for(kLongEnough_us);
    world.ends = true;
    world.judge_all();
    world.seal_all(20'000);
    pull_everything(world);
}

void check_at_rest(World& world) {
    check_server(world);
    check_items(world);
    for (const ProjectId& project : world.projects) {
        for (const auto& desk : world.desks) {
            if (world.breaches.empty() && desk->project != project) {
                desk->open_project(project);
            }
        }
        world.run_for(kLongEnough_us);
        for (const auto& desk : world.desks) {
            if (world.breaches.empty()) {
                check_scope(world, *desk);
            }
        }
    }
    check_devices(world);
    check_erased(world);
}

}  // namespace countersign::sim
