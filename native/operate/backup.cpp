#include "native/operate/backup.h"

#include "core/base/concat.h"
#include "core/store/checkpoints.h"
#include "core/store/schema.h"
#include "native/operate/check_store.h"
#include "native/operate/new_folder.h"
#include "native/platform/clock_posix.h"
#include "native/server/data_folder.h"
#include "native/server/log_keeper.h"

namespace countersign::native {

namespace {

constexpr uint64_t kKeyFileLimit_bytes = 1'000;

// The second file as it was at the moment of the copy, not as it is now.
Status write_notes(store::Database& database, const std::filesystem::path& folder) {
    std::map<std::string, std::string> notes;
    const std::vector<store::ProjectRow> projects = CS_TRY(store::list_projects(database));
    for (const store::ProjectRow& project : projects) {
        if (const auto newest = CS_TRY(store::newest_checkpoint(database, project))) {
            notes[project.id.text] = newest->note;
        }
    }
    return write_last_checkpoints(folder, notes);
}

}  // namespace

Result<BackupMade> make_backup(const std::filesystem::path& data, const std::filesystem::path& to,
                               const doctor::GoOn& go_on) {
    if (!std::filesystem::exists(data / kStoreFile)) {
        return fail(ErrorCode::not_found, "there is no store in this folder", data.string());
    }
    if (std::filesystem::exists(to / kManifestFile)) {
        return fail(ErrorCode::already_exists, "is a backup already; name another, or the folder around it",
                    to.string());
    }
    const Instant now = SystemClock().now();
    BackupMade out;
    out.folder = std::filesystem::is_directory(to) ? to / concat("countersign-", name_of_moment(now.us)) : to;
    NewFolder folder = CS_TRY(NewFolder::make(out.folder));
    const std::filesystem::path file = folder.part() / kStoreFile;
    CS_TRY_STATUS(copy_store_file(data / kStoreFile, file, go_on));
    const std::string key = CS_TRY(read_file(data / kLogKeyFile, kKeyFileLimit_bytes));
    CS_TRY_STATUS(write_file(folder.part() / kLogKeyFile, key, true));
    {
        std::unique_ptr<store::Database> copy = CS_TRY(store::open_store({.path = file.string()}));
        CS_TRY_STATUS(write_notes(*copy, folder.part()));
    }
    const doctor::Diagnosis diagnosis = CS_TRY(check_store({file, folder.part()}, go_on));
    CS_TRY_STATUS(error_of(diagnosis, "the store is damaged, so this is no backup"));
    {
        std::unique_ptr<store::Database> copy = CS_TRY(store::Database::open({.path = file.string()}));
        CS_TRY_STATUS(copy->execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE"));
        out.manifest = CS_TRY(describe_backup(file, *copy, now));
    }
    CS_TRY_STATUS(write_manifest(folder.part(), out.manifest));
    CS_TRY_STATUS(folder.place());
    return out;
}

}  // namespace countersign::native
