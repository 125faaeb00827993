#pragma once
// The folder that holds everything a server knows: one SQLite store, a lock, and how to reach the server that holds it.
//
//   countersign.db (-wal, -shm)   the store
//   log.key, last-checkpoints      of its logs (native/server/log_keeper.h)
//   keys.db, master.key           under which its texts lie (native/server/subject_keys.h)
//   countersign.lock              held by the one process that writes
//   server.json                   while a server runs: its address and a token for programs of the same owner (mode
//   0600)

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/store/sqlite.h"
#include "native/platform/files.h"

namespace countersign::native {

inline constexpr std::string_view kStoreFile = "countersign.db";
inline constexpr std::string_view kLogKeyFile = "log.key";

struct RunningServer {
    std::string address;  // "http://127.0.0.1:8080"
    std::string token;
};

class DataFolder {
public:
    // Makes the folder when it is not there. Errors name the folder and the missing right.
    static Result<DataFolder> open(const std::filesystem::path& folder);

    std::filesystem::path store_path() const { return folder_ / kStoreFile; }

    bool has_store() const { return std::filesystem::exists(store_path()); }

    const std::filesystem::path& path() const { return folder_; }

    // The right to write; unavailable when another process has it, naming that one.
    Result<FileLock> lock(std::string_view who) const { return FileLock::take(folder_ / "countersign.lock", who); }

    // For the one who holds the lock. What the store holds is on the disk when this is good, whatever the process
    // before wrote, did not sync, or believed to have synced. Opens the keys of its texts, too, and makes them for a
    // store that has none: from here on readers have them.
    Result<std::unique_ptr<store::Database>> open_writer();

    const std::shared_ptr<SubjectKeys>& keys() const { return keys_; }

    Result<std::unique_ptr<store::Database>> open_reader() const;

    Status announce(const RunningServer& server) const;
    void withdraw_announcement() const;
    // The server that says it runs on this folder; it may be gone without having said so.
    std::optional<RunningServer> announced() const;
    // The same, asked whether it is still there.
    std::optional<RunningServer> running() const;

private:
    explicit DataFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Status open_keys();

    std::filesystem::path folder_;
    std::shared_ptr<SubjectKeys> keys_;
};

}  // namespace countersign::native
