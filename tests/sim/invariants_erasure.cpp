// I12: what was erased is nowhere any more, when all is quiet.

#include "core/base/concat.h"
#include "core/store/items.h"
#include "core/store/texts.h"
#include "tests/sim/invariants.h"
#include "tests/sim/world.h"

namespace countersign::sim {

namespace {

// Words of it can still be searched for.
bool is_found(store::Database& database, const std::string& marker) {
    const std::string phrase = concat('"', marker, '"');
    auto select = database.prepare("SELECT count(*) FROM search WHERE search MATCH ?").value();
    select.bind(phrase);
    return select.step().value() && select.integer(0) > 0;
}

void check_server_has_nothing(World& world, const ProjectId& project, const ItemId& item) {
    store::Database& database = world.server.database();
    const store::ProjectRow row = world.server.project(project);
    const int64_t no = store::find_item(database, row, item).value();
    if (no == 0) {
        return;  // a restored server had it no more, and takes it no more
    }
    const std::string place = concat(project.text, "/", item.text);
    if (!store::load_state(database, item, no).value().erased) {
        world.breach("I12", concat(place, " was erased, and the log does not say so any more"));
    }
    if (store::read_document(database, no).ok() || !store::read_notes(database, no).value().empty()) {
        world.breach("I12", concat(place, " was erased, and the server has texts of it"));
    }
}

}  // namespace

void check_erased(World& world) {
    for (const auto& [project, item] : world.erased) {
        check_server_has_nothing(world, project, item);
    }
    const auto check = [&](store::Database& database, const std::string& whose) {
        const std::string all = dump_store(database);
        for (const auto& [project, item] : world.erased) {
            const std::string marker = marker_of(project, item.text);
            if (all.find(marker) != std::string::npos || is_found(database, marker)) {
                world.breach("I12", concat(whose, " has words of ", marker, ", which was erased"));
            }
        }
    };
    check(world.server.database(), "the server");
    for (const auto& desk : world.desks) {
        check(*desk->machine.database, concat("desk ", desk->number()));
    }
}

}  // namespace countersign::sim
