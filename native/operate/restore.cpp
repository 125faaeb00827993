#include "native/operate/restore.h"

#include "core/base/concat.h"
#include "core/log/checkpoint.h"
#include "core/log/note.h"
#include "core/seal/begin_anew.h"
#include "core/store/schema.h"
#include "native/operate/check_store.h"
#include "native/operate/copy_keys.h"
#include "native/operate/manifest.h"
#include "native/operate/new_folder.h"
#include "native/server/local_api.h"
#include "native/server/log_keeper.h"
#include "native/server/subject_keys.h"

namespace countersign::native {

namespace {

constexpr uint64_t kKeyFileLimit_bytes = 1'000;
constexpr std::string_view kWho = "a countersign restore";

// The highest epoch that anything in the folder tells of: the new one is to be above it, whatever the clock says.
uint64_t newest_epoch(const std::filesystem::path& folder) {
    uint64_t out = 0;
    const auto notes = read_last_checkpoints(folder);
    for (const auto& [project, text] : notes.ok() ? notes.value() : std::map<std::string, std::string>()) {
        const auto note = parse_note(text);
        const auto checkpoint = note.ok() ? parse_checkpoint(note.value().text) : Result<Checkpoint>(note.error());
        const auto origin =
            checkpoint.ok() ? parse_origin(checkpoint.value().origin) : Result<LogOrigin>(checkpoint.error());
        out = std::max(out, origin.ok() ? origin.value().epoch : 0);
    }
    return out;
}

// The store's next life; nobody is signed in any more.
Result<store::ServerIdentity> begin_in(const std::filesystem::path& folder, uint64_t above) {
    std::unique_ptr<store::Database> database =
        CS_TRY(store::open_store({.path = (folder / kStoreFile).string(), .cache_kib = 64 * 1024}));
    SystemEntropy entropy;
    store::Transaction transaction(*database);
    CS_TRY_STATUS(transaction.begin());
    store::ServerIdentity server = CS_TRY(seal::begin_anew(*database, entropy, SystemClock().now(), above));
    CS_TRY_STATUS(database->execute("DELETE FROM session"));
    CS_TRY_STATUS(transaction.commit());
    return server;
}

// What was saved and not judged is judged, and everything sealed: when the folder is closed again.
Status settle(const std::filesystem::path& folder) {
    const DataFolder data = CS_TRY(DataFolder::open(folder));
    const auto opened = LocalApi::open(data, kWho);
    return opened.ok() ? success() : Status(opened.error());
}

bool has_nothing(const std::filesystem::path& folder) {
    std::error_code problem;
    return !std::filesystem::exists(folder, problem) || std::filesystem::is_empty(folder, problem);
}

std::filesystem::path aside_of(const std::filesystem::path& folder) {
    const std::filesystem::path plain = folder.has_filename() ? folder : folder.parent_path();
    const std::string name = plain.string() + ".before-" + name_of_moment(SystemClock().now().us);
    std::string out = name;
    for (int i = 2; std::filesystem::exists(out); ++i) {
        out = concat(name, '-', i);
    }
    return out;
}

// Where the keys of the backup's texts are; empty when it has none that are sealed and there are none.
Result<std::filesystem::path> keys_for(const RestoreOptions& options) {
    const std::filesystem::path keys = options.keys.empty() ? options.data : options.keys;
    if (has_subject_keys(keys)) {
        return keys;
    }
    if (options.keys.empty() && !CS_TRY(is_sealed(options.backup / kStoreFile))) {
        return std::filesystem::path();
    }
    return fail(ErrorCode::failed_precondition,
                concat("has not the keys (", kKeysFile, ", ", kMasterFile,
                       ") of the backup's texts, which are sealed; name the folder that has them with --keys"),
                keys.string());
}

Result<Restored> from_backup(const RestoreOptions& options, const doctor::GoOn& go_on) {
    const bool empty = has_nothing(options.data);
    if (!empty && !options.in_place) {
        return fail(ErrorCode::failed_precondition,
                    "is not empty; take another folder, or keep what is there aside with --in-place",
                    options.data.string());
    }
    const Manifest manifest = CS_TRY(read_manifest(options.backup));
    CS_TRY_STATUS(check_manifest(options.backup, manifest));
    const std::filesystem::path keys = CS_TRY(keys_for(options));
    std::optional<FileLock> lock;
    if (!empty) {
        const DataFolder there = CS_TRY(DataFolder::open(options.data));
        lock.emplace(CS_TRY(there.lock(kWho)));
    }
    const std::filesystem::path plain = options.data.has_filename() ? options.data : options.data.parent_path();
    NewFolder folder = CS_TRY(NewFolder::make(plain, NewFolder::Existing::gives_way));
    const std::filesystem::path file = folder.part() / kStoreFile;
    CS_TRY_STATUS(copy_store_file(options.backup / kStoreFile, file, go_on));
    const std::string key = CS_TRY(read_file(options.backup / kLogKeyFile, kKeyFileLimit_bytes));
    CS_TRY_STATUS(write_file(folder.part() / kLogKeyFile, key, true));
    const doctor::Diagnosis diagnosis = CS_TRY(check_store({file, folder.part(), keys}, go_on));
    CS_TRY_STATUS(error_of(diagnosis, "the backup is damaged"));
    CS_TRY_STATUS(keys.empty() ? success() : copy_subject_keys(keys, folder.part()));
    Restored out;
    out.server = CS_TRY(begin_in(folder.part(), newest_epoch(options.data)));
    CS_TRY_STATUS(settle(folder.part()));
    if (!empty) {
        out.kept_aside = aside_of(options.data);
        CS_TRY_STATUS(rename_folder(plain, out.kept_aside));
    }
    if (const Status placed = folder.place(); !placed.ok()) {
        if (!empty) {
            CS_TRY_STATUS(rename_folder(out.kept_aside, plain));
        }
        return placed.error();
    }
    CS_TRY_STATUS(empty || keys.empty() ? success() : remove_subject_keys(out.kept_aside));
    return out;
}

Result<Restored> from_what_is_there(const RestoreOptions& options, const doctor::GoOn& go_on) {
    if (!options.in_place) {
        return fail(ErrorCode::invalid_argument,
                    "name a backup, or go on from the store that is there with --in-place");
    }
    if (!std::filesystem::exists(options.data / kStoreFile)) {
        return fail(ErrorCode::not_found, "there is no store in this folder", options.data.string());
    }
    const DataFolder data = CS_TRY(DataFolder::open(options.data));
    Restored out;
    {
        const FileLock lock = CS_TRY(data.lock(kWho));
        out.kept_aside = aside_of(options.data);
        NewFolder kept = CS_TRY(NewFolder::make(out.kept_aside));
        CS_TRY_STATUS(copy_store_file(options.data / kStoreFile, kept.part() / kStoreFile, go_on));
        const std::string key = CS_TRY(read_file(options.data / kLogKeyFile, kKeyFileLimit_bytes));
        CS_TRY_STATUS(write_file(kept.part() / kLogKeyFile, key, true));
        // Not against the last checkpoints: that the store is behind them is why this is done.
        const doctor::Diagnosis diagnosis =
            CS_TRY(check_store({kept.part() / kStoreFile, kept.part(), options.data}, go_on));
        CS_TRY_STATUS(error_of(diagnosis, "the store is damaged"));
        CS_TRY_STATUS(write_last_checkpoints(kept.part(), CS_TRY(read_last_checkpoints(options.data))));
        CS_TRY_STATUS(kept.place());
        out.server = CS_TRY(begin_in(options.data, newest_epoch(options.data)));
        CS_TRY_STATUS(write_last_checkpoints(options.data, {}));
    }
    CS_TRY_STATUS(settle(options.data));
    return out;
}

}  // namespace

Result<Restored> restore(const RestoreOptions& options, const doctor::GoOn& go_on) {
    return options.backup.empty() ? from_what_is_there(options, go_on) : from_backup(options, go_on);
}

}  // namespace countersign::native
