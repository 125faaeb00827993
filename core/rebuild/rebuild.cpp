#include "core/rebuild/rebuild.h"

#include "core/base/concat.h"
#include "core/log/leaf.h"
#include "core/rebuild/operations_again.h"
#include "core/store/items.h"
#include "core/store/leases.h"
#include "core/store/ledger.h"
#include "core/store/tiers.h"
#include "core/store/tiles.h"

namespace countersign::rebuild {

namespace {

constexpr size_t kRun = 1'000;

// Of a leaf whose type this version does not know.
struct Outline {
    std::string type;
    ItemId item;
};

Result<Outline> outline_of(std::string_view leaf) {
    const auto json = parse_json(leaf, {.total_bytes = kLeafLimit_bytes});
    return json.ok() ? Result<Outline>(Outline{json.value().text_of("type"), ItemId(json.value().text_of("item"))})
                     : fail(ErrorCode::corrupt, json.error().text());
}

class Rebuild {
public:
    Rebuild(store::Database& database, const GoOn& go_on) : database_(database), operations_(database), go_on_(go_on) {}

    Status all();

private:
    Status begin();
    Status project(store::ProjectRow project);
    Status event(store::ProjectRow& project, const store::StoredEvent& stored);
    Status known_event(store::ProjectRow& project, const Event& event, int64_t& item_no);
    Status correct(const store::ProjectRow& project, const store::StoredEvent& stored, const Outline& is,
                   int64_t item_no);
    Status items(const store::ProjectRow& project);
    Status tree(const store::ProjectRow& project);
    Result<int64_t> number_of(const store::ProjectRow& project, const ItemId& item);
    Result<int64_t> add_item(const store::ProjectRow& project, const ItemId& item);

    store::Database& database_;
    OperationsAgain operations_;
    const GoOn& go_on_;
    Progress progress_;
};

Status Rebuild::begin() {
    store::Statement count = CS_TRY(database_.prepare("SELECT count(*) FROM event"));
    CS_TRY(count.step());
    progress_.of = static_cast<uint64_t>(count.integer(0));
    // Texts refer to items that are gone for the time being.
    CS_TRY_STATUS(
        database_.execute("PRAGMA defer_foreign_keys=ON;"
                          "DROP TABLE IF EXISTS temp.item_before; DROP TABLE IF EXISTS temp.item_now;"
                          "CREATE TEMP TABLE item_before(project, id, no, PRIMARY KEY (project, id)) WITHOUT ROWID;"
                          "CREATE TEMP TABLE item_now(project, id, no, PRIMARY KEY (project, id)) WITHOUT ROWID;"
                          "INSERT INTO temp.item_before SELECT project, id, no FROM main.item;"
                          "DELETE FROM main.lease; DELETE FROM main.drawn; DELETE FROM main.promised; DELETE FROM "
                          "main.item"));
    return operations_.begin();
}

Result<int64_t> Rebuild::number_of(const store::ProjectRow& project, const ItemId& item) {
    if (item.empty()) {
        return int64_t{0};
    }
    store::Statement select = CS_TRY(database_.prepare("SELECT no FROM temp.item_now WHERE project = ? AND id = ?"));
    select.bind(project.no).bind(item.text);
    return CS_TRY(select.step()) ? select.integer(0) : int64_t{0};
}

// The number that the item had, or one that none has.
Result<int64_t> Rebuild::add_item(const store::ProjectRow& project, const ItemId& item) {
    store::Statement select =
        CS_TRY(database_.prepare("SELECT ifnull((SELECT no FROM temp.item_before WHERE project = ? AND id = ?), 1 + "
                                 "max((SELECT ifnull(max(no), 0) "
                                 "FROM temp.item_before), (SELECT ifnull(max(no), 0) FROM temp.item_now)))"));
    select.bind(project.no).bind(item.text);
    CS_TRY(select.step());
    const int64_t no = select.integer(0);
    store::Statement insert = CS_TRY(database_.prepare("INSERT INTO temp.item_now(project, id, no) VALUES (?, ?, ?)"));
    CS_TRY_STATUS(insert.bind(project.no).bind(item.text).bind(no).run());
    return no;
}

// The row's type and item, where they are not what the leaf says.
Status Rebuild::correct(const store::ProjectRow& project, const store::StoredEvent& stored, const Outline& is,
                        int64_t item_no) {
    store::Statement update = CS_TRY(database_.prepare(
        "UPDATE event SET type = ?, item = nullif(?, 0) WHERE at_key = ? AND (type <> ? OR item IS NOT "
        "nullif(?, 0))"));
    const int64_t key = project.no * (int64_t{1} << 40) + static_cast<int64_t>(stored.seq);
    return update.bind(is.type).bind(item_no).bind(key).bind(is.type).bind(item_no).run();
}

Status Rebuild::known_event(store::ProjectRow& project, const Event& event, int64_t& item_no) {
    if (const auto* created = std::get_if<ProjectCreated>(&event.body)) {
        project.name = created->name;
    } else if (const auto* policy = std::get_if<PolicyActivated>(&event.body)) {
        project.policy = policy->policy;
        project.policy_version = policy->version;
    } else if (std::holds_alternative<ItemIngested>(event.body) && item_no == 0) {
        item_no = CS_TRY(add_item(project, event.item));
        CS_TRY_STATUS(operations_.adopt(project, event.item, item_no));
    }
    if (const RouteTaken* route = route_set_by(event.body); route != nullptr && item_no != 0) {
        CS_TRY_STATUS(store::count_promised(database_, project, *route));
    }
    return operations_.take(project, event, item_no);
}

Status Rebuild::event(store::ProjectRow& project, const store::StoredEvent& stored) {
    auto event = decode_leaf(stored.leaf);
    const bool unknown = !event.ok() && event.error().code == ErrorCode::unimplemented;
    if (!event.ok() && !unknown) {
        return event.error();
    }
    const Outline is = unknown ? CS_TRY(outline_of(stored.leaf))
                               : Outline{std::string(event_type(event.value().body)), event.value().item};
    int64_t item_no = CS_TRY(number_of(project, is.item));
    if (!unknown) {
        CS_TRY_STATUS(known_event(project, event.value(), item_no));
    }
    return correct(project, stored, is, item_no);
}

Status Rebuild::project(store::ProjectRow project) {
    const EventSeq head = project.head_seq;
    project.head_seq = 0;
    project.policy.reset();
    project.policy_version = 0;
    for (;;) {
        const std::vector<store::StoredEvent> run = CS_TRY(store::read_run(database_, project, project.head_seq, kRun));
        for (const store::StoredEvent& stored : run) {
            const std::string place = concat("event ", stored.seq, " of '", project.id.text, "'");
            if (stored.seq != project.head_seq + 1) {
                return fail(ErrorCode::corrupt, concat("event ", project.head_seq + 1, " is missing"), place);
            }
            if (auto done = event(project, stored); !done.ok()) {
                return fail(done.error().code, done.error().text(), place);
            }
            project.head_seq = stored.seq;
        }
        progress_.done += run.size();
        if (!go_on_(progress_)) {
            return fail(ErrorCode::unavailable, "was stopped");
        }
        if (run.empty()) {
            break;
        }
    }
    if (project.head_seq < head) {
        return fail(ErrorCode::corrupt, concat("its log ends at event ", project.head_seq, " of ", head),
                    concat("project '", project.id.text, "'"));
    }
    CS_TRY_STATUS(store::save_project(database_, project));
    CS_TRY_STATUS(items(project));
    return tree(project);
}

Status Rebuild::items(const store::ProjectRow& project) {
    store::Statement select =
        CS_TRY(database_.prepare("SELECT no, id FROM temp.item_now WHERE project = ? ORDER BY id"));
    select.bind(project.no);
    while (CS_TRY(select.step())) {
        const int64_t no = select.integer(0);
        const ItemState state = CS_TRY(store::load_state(database_, ItemId(std::string(select.text(1))), no));
        CS_TRY_STATUS(store::insert_item_as(database_, project, no, state));
        CS_TRY_STATUS(store::save_leases(database_, no, state));
        CS_TRY_STATUS(store::save_drawn(database_, project, no, state));
    }
    return success();
}

// As far as it was: the rest is added when the log is sealed.
Status Rebuild::tree(const store::ProjectRow& project) {
    const uint64_t size = std::min(CS_TRY(store::tiled_size(database_, project)), project.head_seq);
    CS_TRY_STATUS(store::drop_tiles(database_, project));
    for (uint64_t at = 0; at < size;) {
        const size_t wanted = static_cast<size_t>(std::min<uint64_t>(size - at, 10 * kRun));
        std::vector<Digest> hashes;
        for (const store::StoredEvent& one : CS_TRY(store::read_run(database_, project, at, wanted))) {
            hashes.push_back(leaf_hash(one.leaf));
        }
        CS_TRY_STATUS(store::add_leaves(database_, project, hashes));
        at += hashes.size();
    }
    return success();
}

Status Rebuild::all() {
    store::Transaction transaction(database_);
    CS_TRY_STATUS(transaction.begin());
    CS_TRY_STATUS(begin());
    const std::vector<store::ProjectRow> projects = CS_TRY(store::list_projects(database_));
    for (const store::ProjectRow& one : projects) {
        CS_TRY_STATUS(project(one));
    }
    CS_TRY_STATUS(operations_.finish());
    CS_TRY_STATUS(database_.execute("DROP TABLE temp.item_before; DROP TABLE temp.item_now"));
    return transaction.commit();
}

}  // namespace

Status rebuild(store::Database& database, const GoOn& go_on) {
    return Rebuild(database, go_on).all();
}

}  // namespace countersign::rebuild
