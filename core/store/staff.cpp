#include "core/store/staff.h"

#include "core/model/item_state.h"

namespace countersign::store {

Result<std::optional<StaffRow>> read_staff(Database& database, const ProjectRow& project) {
    Statement select = CS_TRY(database.prepare(
        "SELECT version, bytes, actor, at_us FROM staff WHERE project = ? ORDER BY version DESC LIMIT 1"));
    select.bind(project.no);
    if (!CS_TRY(select.step())) {
        return std::optional<StaffRow>();
    }
    StaffRow out;
    out.version = select.integer(0);
    out.bytes = std::string(select.text(1));
    out.actor = ActorId(std::string(select.text(2)));
    out.at = Instant{select.integer(3)};
    return std::optional(std::move(out));
}

Result<int64_t> add_staff(Database& database, const ProjectRow& project, const std::string& bytes, const ActorId& actor,
                          Instant now) {
    const auto newest = CS_TRY(read_staff(database, project));
    const int64_t version = newest ? newest->version + 1 : 1;
    Statement insert =
        CS_TRY(database.prepare("INSERT INTO staff(project, version, bytes, actor, at_us) VALUES (?, ?, ?, ?, ?)"));
    insert.bind(project.no).bind(version).bind(bytes).bind(actor.text).bind(now.us);
    CS_TRY_STATUS(insert.run());
    return version;
}

// Each stream is read from its newest operation back: they stand in order of arrival.
Result<std::map<ActorId, int64_t>> decisions_since(Database& database, const ProjectRow& project, Instant since) {
    Statement streams =
        CS_TRY(database.prepare("SELECT stream, account FROM stream WHERE project = ? AND heard_us >= ?"));
    streams.bind(project.no).bind(since.us);
    std::map<ActorId, int64_t> out;
    while (CS_TRY(streams.step())) {
        Statement newest = CS_TRY(database.prepare("SELECT at_us FROM operation WHERE stream = ? ORDER BY seq DESC"));
        newest.bind(streams.text(0));
        int64_t count = 0;
        while (CS_TRY(newest.step()) && newest.integer(0) >= since.us) {
            ++count;
        }
        out[ActorId(std::string(streams.text(1)))] += count;
    }
    return out;
}

Result<std::vector<OpenItem>> most_urgent(Database& database, const ProjectRow& project, std::string_view tier,
                                          size_t limit) {
    Statement select = CS_TRY(
        database.prepare("SELECT no, id FROM item WHERE project = ? AND status IN (?, ?) AND (? = '' OR tier = ?) "
                         "ORDER BY due_us, no LIMIT ?"));
    select.bind(project.no).bind(static_cast<int64_t>(ItemStatus::open));
    select.bind(static_cast<int64_t>(ItemStatus::escalated)).bind(tier).bind(tier);
    select.bind(static_cast<int64_t>(limit));
    std::vector<OpenItem> out;
    while (CS_TRY(select.step())) {
        out.push_back({select.integer(0), ItemId(std::string(select.text(1)))});
    }
    return out;
}

}  // namespace countersign::store
