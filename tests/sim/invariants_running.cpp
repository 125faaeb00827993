// Invariants that are looked at while everything runs.

#include <cstdlib>

#include "core/base/concat.h"
#include "core/hash/sha256.h"
#include "core/store/accounts.h"
#include "core/store/ledger.h"
#include "core/sync/page.h"
#include "core/workflow/decide.h"
#include "tests/sim/invariants.h"
#include "tests/sim/world.h"

namespace countersign::sim {

namespace {

ProjectId project_in(std::string_view path) {
    constexpr std::string_view kBefore = "/api/v1/projects/";
    path.remove_prefix(std::min(path.size(), kBefore.size()));
    return ProjectId(std::string(path.substr(0, path.find_first_of("/?"))));
}

bool may_review(World& world, const Cookies& cookies) {
    const auto cookie = cookies.find("countersign_session");
    if (cookie == cookies.end()) {
        return false;
    }
    // A session that ran out between is as good as none.
    const auto session =
        store::find_session(world.server.database(), sha256(cookie->second), world.server.clock.now()).value();
    return session && !session->disabled;
}

void check_page(World& world, const TransportRequest& request, const Reply& reply) {
    const auto end = sync::read_page_end(reply.body);
    if (!end.ok() || end.value().position == 0) {
        return;
    }
    const auto event = store::read_event(world.server.database(), world.server.project(project_in(request.path)),
                                         end.value().position);
    if (!event.ok() || !event.value().ends) {
        world.breach("I5", concat("a page ends at event ", end.value().position, ", within a commit"));
    }
}

}  // namespace

void check_reply(World& world, const TransportRequest& request, const Reply& reply, const Cookies& cookies) {
    if (reply.status >= 500 && reply.status != 501) {
        world.breach("I14", concat(request.method, " ", request.path, " fails: ", reply.body));
    }
    const bool page =
        request.path.find("/feed") != std::string::npos || request.path.find("/snapshot") != std::string::npos;
    if (!page || reply.status != 200) {
        return;
    }
    check_page(world, request, reply);
    if (!may_review(world, cookies)) {
        world.breach("I11", concat(request.path, " was answered to somebody without the right to review"));
    }
}

void check_desk(World& world, Desk& desk) {
    if (!world.honest) {
        return;
    }
    for (const store::ProjectRow& project : store::list_projects(*desk.machine.database).value()) {
        const size_t colon = project.feed.rfind(':');
        if (colon == std::string::npos) {
            continue;
        }
        EventSeq& farthest = desk.places[concat(project.id.text, ' ', project.feed.substr(0, project.feed.find(':')))];
        const EventSeq place = std::stoull(project.feed.substr(colon + 1));
        if (place < farthest) {
            world.breach("I5", concat("desk ", desk.number(), ": its place in the feed went back from ", farthest,
                                      " to ", place));
        }
        farthest = place;
    }
    const auto& problem = desk.client->status().log_problem;
    if (problem && problem->code == ErrorCode::corrupt) {
        world.breach("I3", concat("desk ", desk.number(), " disputes an honest log: ", problem->text()));
    }
}

// A device's clock may be wrong and its operations with it; but nobody else's makes it so.
void check_new_operation(World& world, Desk& desk, const store::OperationRow& row) {
    const Duration slack{kClockTolerance.us + kSecond_us};
    if (row.at > desk.clock.highest() + slack) {
        world.breach("I9", concat("desk ", desk.number(), " decides at ", to_rfc3339(row.at),
                                  ", its clock never showed more than ", to_rfc3339(desk.clock.highest())));
    }
}

std::vector<store::OperationRow> all_operations(store::Database& database) {
    std::vector<std::string> streams;
    {
        auto select = database.prepare("SELECT DISTINCT stream FROM operation ORDER BY stream").value();
        while (select.step().value()) {
            streams.emplace_back(select.text(0));
        }
    }
    std::vector<store::OperationRow> out;
    for (const std::string& stream : streams) {
        for (store::OperationRow& row : store::stream_run(database, StreamId(stream), 0, 1'000'000).value()) {
            out.push_back(std::move(row));
        }
    }
    return out;
}

namespace {

// By the level of its stream; the key begins with stream and number.
bool is_stable(store::Database& database, const OperationKey& key) {
    const size_t space = key.find(' ');
    const auto stream = store::find_stream(database, StreamId(key.substr(0, space))).value();
    return stream && std::strtoull(key.c_str() + space + 1, nullptr, 10) <= stream->levels.stable;
}

}  // namespace

void check_kept(World& world, Desk& desk) {
    std::set<OperationKey> there;
    for (const store::OperationRow& row : all_operations(*desk.machine.database)) {
        const OperationKey key = key_of(row.stream, row.seq, row.hash);
        if (!desk.kept.contains(key)) {
            world.breach("I1", concat("desk ", desk.number(), " has ", key, ", which nobody put there"));
        }
        there.insert(key);
    }
    for (auto kept = desk.kept.begin(); kept != desk.kept.end();) {
        if (there.contains(kept->first)) {
            ++kept;
            continue;
        }
        // The program forgets what is old and stable; a clock that is ahead makes things old.
        if (is_stable(*desk.machine.database, kept->first)) {
            world.happened(Mishap::stable_forgotten);
            desk.forgotten.insert(kept->first);
            kept = desk.kept.erase(kept);
            continue;
        }
        world.breach("I1",
                     concat("desk ", desk.number(), " said that it has saved ", kept->first, ", and has it no more"));
        ++kept;
    }
}

void check_acknowledged(World& world) {
    const std::set<OperationKey> there = world.server.operations();
    for (const OperationKey& key : world.server.acknowledged) {
        if (!there.contains(key)) {
            world.breach("I1", concat("the server said that it has saved ", key, ", and has it no more"));
        }
    }
}

void forget_stable_of(World& world, Desk& desk) {
    const auto forgotten = store::forget_stable(*desk.machine.database, desk.clock.now() - Duration{kMinute_us});
    if (!forgotten.ok() || forgotten.value() == 0) {
        return;
    }
    world.happened(Mishap::stable_forgotten);
    std::set<OperationKey> there;
    for (const store::OperationRow& row : all_operations(*desk.machine.database)) {
        there.insert(key_of(row.stream, row.seq, row.hash));
    }
    for (auto kept = desk.kept.begin(); kept != desk.kept.end();) {
        if (there.contains(kept->first)) {
            ++kept;
            continue;
        }
        desk.forgotten.insert(kept->first);
        kept = desk.kept.erase(kept);
    }
}

}  // namespace countersign::sim
