#include "tests/sim/drill.h"

#include "core/base/concat.h"
#include "core/store/checkpoints.h"
#include "core/store/identity.h"
#include "core/store/tiles.h"
#include "tests/sim/world.h"

namespace countersign::sim {

namespace {

// A device verifies a checkpoint of which nothing of its own depends some minutes after the last one.
constexpr int64_t kUntilTheyLook_us = 15 * kMinute_us;

// How many entries of the project's log a desk has verified, in the server's present epoch.
uint64_t verified(World& world, Desk& desk, const ProjectId& project) {
    const auto row = store::find_project(*desk.machine.database, project);
    const auto seen = row.ok() ? store::newest_checkpoint(*desk.machine.database, row.value()).value() : std::nullopt;
    const uint64_t epoch = store::read_identity(world.server.database()).value().epoch;
    return seen && seen->epoch == epoch ? seen->size : 0;
}

Desk& best_informed(World& world, const ProjectId& project) {
    Desk* best = world.desks.front().get();
    for (const auto& desk : world.desks) {
        best = verified(world, *desk, project) > verified(world, *best, project) ? desk.get() : best;
    }
    return *best;
}

void expect_dispute(World& world, Desk& desk, std::string_view what) {
    world.run_for(kUntilTheyLook_us);
    world.ends = false;
    world.set_disabled(desk.person, false);
    for (int i = 0; i < 4; ++i) {
        Work{world}.import_new(desk.project);
    }
    world.seal_all(20'000);
    desk.sign_in();
    world.run_for(kMinute_us);
    const auto& problem = desk.client->status().log_problem;
    if (!problem || problem->code != ErrorCode::corrupt) {
        world.breach("I3", concat("desk ", desk.number(), " does not notice that ", what));
    }
}

// Whoever keeps the server changes an entry, makes the tree anew and signs it.
void tamper(World& world, Desk& desk) {
    store::Database& database = world.server.database();
    const store::ProjectRow project = world.server.project(desk.project);
    const uint64_t entry = 1 + world.dice.below(verified(world, desk, desk.project));
    const int64_t key = project.no * (int64_t{1} << 40) + static_cast<int64_t>(entry);
    world.happened(Mishap::log_tampered);
    world.honest = false;
    for (const std::string& sql :
         {concat("UPDATE event SET leaf = leaf || ' ' WHERE at_key = ", key), std::string("DELETE FROM checkpoint")}) {
        static_cast<void>(database.execute(sql).ok());
    }
    static_cast<void>(store::drop_tiles(database, project).ok());
    expect_dispute(world, desk, concat("entry ", entry, " was changed"));
}

void roll_back(World& world, Desk& desk) {
    const std::string before = store::read_identity(world.server.database()).value().incarnation();
    const uint64_t seen = verified(world, desk, desk.project);
    world.honest = false;
    world.server.restore(world.server.backups() - 1, false);
    const bool same_epoch = store::read_identity(world.server.database()).value().incarnation() == before;
    const EventSeq head = world.server.project(desk.project).head_seq;
    if (!same_epoch || head >= seen) {
        return;  // nothing that anybody has seen is gone
    }
    world.happened(Mishap::server_rolled_back);
    while (world.server.project(desk.project).head_seq <= seen) {
        Work{world}.import_new(desk.project);
    }
    expect_dispute(world, desk, concat("the log was put back from ", seen, " entries to ", head));
}

}  // namespace

void drill(World& world, uint64_t seed) {
    Desk& desk = best_informed(world, world.projects.front());
    desk.open_project(world.projects.front());
    world.run_for(kMinute_us);
    if (verified(world, desk, desk.project) == 0) {
        return;
    }
    if (seed % 10 == 3) {
        tamper(world, desk);
    } else if (seed % 10 == 7 && world.server.backups() > 0) {
        roll_back(world, desk);
    }
}

}  // namespace countersign::sim
