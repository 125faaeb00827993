#include "core/store/checkpoints.h"

#include "core/base/concat.h"

namespace countersign::store {

namespace {

constexpr std::string_view kSelect = "SELECT epoch, size, root, note, at_us FROM checkpoint WHERE project = ?";

Result<std::optional<CheckpointRow>> read_one(Statement& row) {
    if (!CS_TRY(row.step())) {
        return std::optional<CheckpointRow>();
    }
    CheckpointRow out;
    out.epoch = CS_TRY(row.count(0));
    out.size = CS_TRY(row.count(1));
    out.root = CS_TRY(digest_from_bytes(row.blob(2)));
    out.note = std::string(row.text(3));
    out.at.us = row.integer(4);
    return std::optional<CheckpointRow>(std::move(out));
}

}  // namespace

Status add_checkpoint(Database& database, const ProjectRow& project, const CheckpointRow& row) {
    Statement insert = CS_TRY(database.prepare(
        "INSERT OR IGNORE INTO checkpoint(project, epoch, size, root, note, at_us) VALUES (?, ?, ?, ?, ?, ?)"));
    insert.bind(project.no).bind(static_cast<int64_t>(row.epoch)).bind(static_cast<int64_t>(row.size));
    return insert.bind_blob(row.root.view()).bind(row.note).bind(row.at.us).run();
}

Result<std::optional<CheckpointRow>> newest_checkpoint(Database& database, const ProjectRow& project) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " ORDER BY epoch DESC, size DESC LIMIT 1")));
    select.bind(project.no);
    return read_one(select);
}

Result<std::optional<CheckpointRow>> newest_checkpoint(Database& database, const ProjectRow& project, uint64_t epoch) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " AND epoch = ? ORDER BY size DESC LIMIT 1")));
    select.bind(project.no).bind(static_cast<int64_t>(epoch));
    return read_one(select);
}

Result<std::optional<CheckpointRow>> covering_checkpoint(Database& database, const ProjectRow& project, uint64_t size) {
    Statement select = CS_TRY(database.prepare(concat(kSelect, " AND size >= ? ORDER BY epoch DESC, size LIMIT 1")));
    select.bind(project.no).bind(static_cast<int64_t>(size));
    return read_one(select);
}

Result<std::vector<CheckpointRow>> checkpoints_after(Database& database, const ProjectRow& project, CheckpointAt after,
                                                     size_t limit) {
    Statement select =
        CS_TRY(database.prepare(concat(kSelect, " AND (epoch, size) > (?, ?) ORDER BY epoch, size LIMIT ?")));
    select.bind(project.no).bind(static_cast<int64_t>(after.epoch)).bind(static_cast<int64_t>(after.size));
    select.bind(static_cast<int64_t>(limit));
    std::vector<CheckpointRow> out;
    for (;;) {
        auto row = CS_TRY(read_one(select));
        if (!row) {
            return out;
        }
        out.push_back(std::move(*row));
    }
}

}  // namespace countersign::store
