#include "core/store/projects.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"

namespace countersign::store {

namespace {

// Ledger's key of an event has both in one number.
constexpr int64_t kMostEvents = (int64_t{1} << 40) - 1;
constexpr int64_t kMostProjects = (int64_t{1} << 22) - 1;

constexpr std::string_view kColumns =
    "SELECT no, id, name, created_us, head_seq, policy, policy_version, stable_seq, feed, snapshot_at, snapshot_after, "
    "snapshot_no FROM project";

Result<ProjectRow> read_row(const Statement& row) {
    ProjectRow out;
    out.no = CS_TRY(row.integer_within(0, 1, kMostProjects));
    out.id = ProjectId(std::string(row.text(1)));
    out.name = std::string(row.text(2));
    out.created.us = row.integer(3);
    out.head_seq = static_cast<EventSeq>(CS_TRY(row.integer_within(4, 0, kMostEvents)));
    if (!row.is_null(5)) {
        out.policy = CS_TRY(digest_from_bytes(row.blob(5)));
    }
    out.policy_version = row.integer(6);
    out.stable_seq = static_cast<EventSeq>(CS_TRY(row.integer_within(7, 0, kMostEvents)));
    out.feed = std::string(row.text(8));
    out.snapshot_at = static_cast<EventSeq>(CS_TRY(row.integer_within(9, 0, kMostEvents)));
    out.snapshot_after = row.integer(10);
    out.snapshot_no = CS_TRY(row.integer_within(11, 0, kMostEvents));
    return out;
}

bool is_project_id(std::string_view id) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), allowed);
}

}  // namespace

Result<ProjectRow> create_project(Database& database, const ProjectId& id, const std::string& name, Instant now) {
    if (!is_project_id(id.text)) {
        return fail(ErrorCode::invalid_argument,
                    concat("'", id.text.substr(0, 80), "' must have 1 to 64 lower-case letters, digits and '-'"),
                    "project");
    }
    Statement insert = CS_TRY(
        database.prepare("INSERT INTO project(id, name, created_us, head_seq, policy_version) VALUES (?, ?, ?, 0, 0)"));
    auto done = insert.bind(id.text).bind(name).bind(now.us).run();
    if (!done.ok()) {
        return done.error().code == ErrorCode::already_exists
                   ? fail(ErrorCode::already_exists, concat("there is already a project '", id.text, "'"), "project")
                   : done.error();
    }
    ProjectRow row;
    row.no = database.last_insert_rowid();
    row.id = id;
    row.name = name;
    row.created = now;
    return row;
}

Result<ProjectRow> find_project(Database& database, const ProjectId& id) {
    Statement select = CS_TRY(database.prepare(concat(kColumns, " WHERE id = ?")));
    select.bind(id.text);
    if (CS_TRY(select.step())) {
        return read_row(select);
    }
    std::vector<std::string> known;
    const std::vector<ProjectRow> projects = CS_TRY(list_projects(database));
    known.reserve(projects.size());
    for (const ProjectRow& project : projects) {
        known.push_back(project.id.text);
    }
    return fail(ErrorCode::not_found,
                concat("there is no project '", id.text.substr(0, 80), "'", suggestion(id.text, known)), "project");
}

Result<ProjectRow> read_project(Database& database, int64_t no) {
    Statement select = CS_TRY(database.prepare(concat(kColumns, " WHERE no = ?")));
    select.bind(no);
    const bool found = CS_TRY(select.step());
    return found ? read_row(select) : fail(ErrorCode::not_found, concat("there is no project number ", no), "project");
}

Result<std::vector<ProjectRow>> list_projects(Database& database) {
    std::vector<ProjectRow> out;
    Statement select = CS_TRY(database.prepare(concat(kColumns, " ORDER BY id")));
    while (CS_TRY(select.step())) {
        out.push_back(CS_TRY(read_row(select)));
    }
    return out;
}

Status save_project(Database& database, const ProjectRow& project) {
    Statement update = CS_TRY(
        database.prepare("UPDATE project SET name = ?, head_seq = ?, policy = ?, policy_version = ?, stable_seq = ?, "
                         "feed = ?, snapshot_at = ?, snapshot_after = ?, snapshot_no = ? WHERE no = ?"));
    update.bind(project.name).bind(static_cast<int64_t>(project.head_seq));
    if (project.policy) {
        update.bind_blob(project.policy->view());
    } else {
        update.bind_null();
    }
    update.bind(project.policy_version).bind(static_cast<int64_t>(project.stable_seq)).bind(project.feed);
    update.bind(static_cast<int64_t>(project.snapshot_at)).bind(project.snapshot_after);
    update.bind(project.snapshot_no);
    return update.bind(project.no).run();
}

Status add_policy(Database& database, const ProjectRow& project, const Digest& digest, std::string_view bytes) {
    Statement insert =
        CS_TRY(database.prepare("INSERT INTO policy(project, digest, bytes) VALUES (?, ?, ?) ON CONFLICT(project, "
                                "digest) DO UPDATE SET bytes = excluded.bytes"));
    return insert.bind(project.no).bind_blob(digest.view()).bind(bytes).run();
}

Status note_policy(Database& database, const ProjectRow& project, const Digest& digest) {
    Statement insert =
        CS_TRY(database.prepare("INSERT OR IGNORE INTO policy(project, digest, bytes) VALUES (?, ?, NULL)"));
    return insert.bind(project.no).bind_blob(digest.view()).run();
}

Status forget_policy_note(Database& database, const ProjectRow& project, const Digest& digest) {
    Statement remove =
        CS_TRY(database.prepare("DELETE FROM policy WHERE project = ? AND digest = ? AND bytes IS NULL"));
    return remove.bind(project.no).bind_blob(digest.view()).run();
}

Result<std::optional<Digest>> missing_policy(Database& database, const ProjectRow& project) {
    Statement select =
        CS_TRY(database.prepare("SELECT digest FROM policy WHERE project = ? AND bytes IS NULL LIMIT 1"));
    select.bind(project.no);
    if (!CS_TRY(select.step())) {
        return std::optional<Digest>();
    }
    return std::optional<Digest>(CS_TRY(digest_from_bytes(select.blob(0))));
}

Result<std::string> policy_bytes(Database& database, const ProjectRow& project, const Digest& digest) {
    Statement select =
        CS_TRY(database.prepare("SELECT bytes FROM policy WHERE project = ? AND digest = ? AND bytes IS NOT NULL"));
    select.bind(project.no).bind_blob(digest.view());
    if (!CS_TRY(select.step())) {
        return fail(ErrorCode::not_found,
                    concat("the project '", project.id.text, "' has no policy ", to_hex(digest).substr(0, 12)),
                    "policy");
    }
    return std::string(select.text(0));
}

Result<std::optional<std::string>> read_meta(Database& database, std::string_view key) {
    Statement select = CS_TRY(database.prepare("SELECT value FROM meta WHERE key = ?"));
    select.bind(key);
    if (!CS_TRY(select.step())) {
        return std::optional<std::string>();
    }
    return std::optional<std::string>(std::string(select.text(0)));
}

Status write_meta(Database& database, std::string_view key, std::string_view value) {
    Statement insert = CS_TRY(database.prepare(
        "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value"));
    return insert.bind(key).bind(value).run();
}

}  // namespace countersign::store
