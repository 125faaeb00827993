// Invariants of the devices' stores beside the server's, when all is quiet.

#include "core/base/concat.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "core/store/lists.h"
#include "tests/sim/invariants.h"
#include "tests/sim/world.h"

namespace countersign::sim {

namespace {

constexpr size_t kAll = 100'000;

// What a list shows of an item that waits for people.
std::string waiting_in(store::Database& database, const ProjectId& project) {
    const store::ProjectRow row = store::find_project(database, project).value();
    std::map<std::string, std::string> lines;
    for (const ItemStatus status : {ItemStatus::open, ItemStatus::escalated}) {
        const store::ListFilter filter{.status = status};
        const auto page = store::list_items(database, row, filter, store::ListSort::oldest, {}, kAll).value();
        for (const store::ItemRow& one : page.rows) {
            lines[one.id.text] = concat(one.id.text, ' ', item_status_name(one.status), ' ', one.tier, ' ',
                                        one.label.text, ' ', one.last_seq, '\n');
        }
    }
    std::string out;
    for (const auto& [id, line] : lines) {
        out += line;
    }
    return out;
}

std::string first_difference(const std::string& a, const std::string& b) {
    size_t at = 0;
    while (at < a.size() && at < b.size() && a[at] == b[at]) {
        ++at;
    }
    const size_t from = a.rfind('\n', at == 0 ? 0 : at - 1) + 1;
    const auto line = [&](const std::string& text) {
        const size_t begin = std::min(from, text.size());
        return text.substr(begin, std::min<size_t>(text.find('\n', begin) - begin, 400));
    };
    return concat('"', line(a), "\" and \"", line(b), '"');
}

std::string events_of(store::Database& database, int64_t item_no) {
    std::string out;
    for (const store::StoredEvent& event : store::read_item_events(database, item_no).value()) {
        out += event.leaf;
        out += '\n';
    }
    return out;
}

// An operation of the device is on the server, and has there the state that the device shows.
void check_fate(World& world, const Desk& desk, const store::OperationRow& mine) {
    const auto there = store::find_operation(world.server.database(), mine.stream, mine.seq, mine.hash).value();
    const std::string place = concat("desk ", desk.number(), ": ", key_of(mine.stream, mine.seq, mine.hash));
    if (!there) {
        world.breach("I2", concat(place, " is not on the server"));
        return;
    }
    if (there->bytes != mine.bytes) {
        world.breach("I13", concat(place, " is kept otherwise on the server"));
    }
    if (mine.state != there->state || mine.event != there->event) {
        world.breach("I7", concat(place, " has state ", static_cast<int>(mine.state), " by event ",
                                  mine.event.value_or(0), " here, ", static_cast<int>(there->state), " by ",
                                  there->event.value_or(0), " on the server"));
    }
}

// The stream that the next operation stands in is one that the server lets go on.
void check_open_streams(World& world, const Desk& desk) {
    for (const store::ProjectRow& project : store::list_projects(*desk.machine.database).value()) {
        for (const ActorId& person : desk.people) {
            const auto stream = store::open_stream(*desk.machine.database, person, project).value();
            // Somebody else's is compared when they sign in again.
            if (person != desk.person) {
                continue;
            }
            const auto there =
                stream ? store::find_stream(world.server.database(), stream->stream).value() : std::nullopt;
            if (there && (there->state == store::StreamState::forked || there->head != stream->head)) {
                world.breach("I3", concat("desk ", desk.number(), " goes on with ", stream->stream.text,
                                          ", of which it has ", stream->head.seq, " and the server ", there->head.seq));
            }
            if (stream && stream->levels.saved < stream->head.seq) {
                world.breach("I14",
                             concat("desk ", desk.number(), " has not sent ", stream->head.seq - stream->levels.saved,
                                    " operations of ", stream->stream.text));
            }
        }
    }
}

void check_rows(World& world, Desk& desk) {
    store::Database& database = *desk.machine.database;
    const auto rows = [&] {
        return dump_table(database, "item") + dump_table(database, "lease") + dump_table(database, "given_back");
    };
    const std::string before = rows();
    store::Transaction transaction(database);
    static_cast<void>(transaction.begin());
    for (const store::ProjectRow& project : store::list_projects(database).value()) {
        for (const auto& [no, id] : items_of(database, project)) {
            static_cast<void>(desk.device->refresh(project, id, no));
        }
    }
    const std::string after = rows();
    if (after != before) {
        world.breach("I10", concat("desk ", desk.number(),
                                   "'s rows are not what its events add up to: ", first_difference(before, after)));
    }
    static_cast<void>(desk.device->take_changes());
}

}  // namespace

void check_devices(World& world) {
    const std::set<OperationKey> there = world.server.operations();
    for (const auto& desk : world.desks) {
        check_kept(world, *desk);
        for (const OperationKey& key : desk->forgotten) {
            if (!there.contains(key)) {
                world.breach("I2",
                             concat("desk ", desk->number(), " has forgotten ", key, ", which the server has not"));
            }
        }
        for (const store::OperationRow& row : all_operations(*desk->machine.database)) {
            check_fate(world, *desk, row);
        }
        check_open_streams(world, *desk);
        check_rows(world, *desk);
    }
}

void check_scope(World& world, Desk& desk) {
    store::Database& server = world.server.database();
    store::Database& mine = *desk.machine.database;
    const auto row = desk.project_row();
    const std::string place = concat("desk ", desk.number(), " (", desk.person.text, ", ", desk.project.text, ")");
    const auto& status = desk.client->status();
    if (!row || status.pulling || status.pushing) {
        world.breach(
            "I14",
            concat(place, " does not come to rest: ", status.last_error ? status.last_error->text() : std::string()));
        return;
    }
    const store::ProjectRow theirs = world.server.project(desk.project);
    const std::string expected = waiting_in(server, desk.project);
    const std::string shown = waiting_in(mine, desk.project);
    if (shown != expected) {
        world.breach(
            "I5", concat(place, " shows other items than the server has waiting: ", first_difference(expected, shown),
                         status.last_error ? status.last_error->text() : std::string()));
    }
    for (const auto& [no, id] : items_of(mine, *row)) {
        const int64_t there = store::find_item(server, theirs, id).value();
        const std::string events = events_of(server, there);
        const std::string here = events_of(mine, no);
        // Of an item that a restored server does not have, a device may keep what became of its own operations; one
        // that came again and waits for nobody stays hidden, with nothing of it.
        const bool hidden = here.empty() && store::read_item(mine, no).value()->status == ItemStatus::unknown;
        if (here != events && there != 0 && !hidden) {
            world.breach("I5", concat(place, " has other events of ", id.text,
                                      " than the server: ", first_difference(events, here)));
        }
    }
}

}  // namespace countersign::sim
