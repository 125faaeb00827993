#pragma once
// `countersign serve` as a process of its own, over a data folder that goes with the test; with a disk that fails at a
// chosen call (shim.cpp), and looked into after it ended.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/store/sqlite.h"
#include "tests/native/desktop/process.h"
#include "tests/support/store_check.h"

namespace countersign::faults {

// A folder of its own under the system's temporary one; gone at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct ShimFault {
    std::string call = "any";    // sync, write, truncate, open, any; memory
    std::string file = "*";      // how its name ends
    int number = 0;              // 0: nothing fails
    std::string effect = "EIO";  // EIO, ENOSPC, EMFILE, EROFS, ENOMEM, KILL
    bool on = false;             // and all after it
    bool traces = false;         // syncs and renames are logged
};

class ServerProcess {
public:
    explicit ServerProcess(const std::filesystem::path& data, const ShimFault& fault = {});

    // The address, once it serves; empty when it ended before.
    std::string address();

    void kill() const { process_->send(9); }

    void stop() const { process_->send(15); }

    // Its exit status, -1 when it was killed.
    int wait() { return process_->wait(); }

    // What it said on standard error.
    const std::string& told() const { return process_->said(2); }

    // The shim's lines, "sync /tmp/.../countersign.db-wal".
    std::vector<std::string> shim_log() const;

private:
    std::filesystem::path log_;
    std::unique_ptr<desktop::test::Process> process_;
};

// The store as it is now, in memory, whether a server runs on it or not: to be looked at in peace.
struct StoreCopy {
    std::shared_ptr<SubjectKeys> keys;
    std::unique_ptr<store::Database> database;
};

StoreCopy copy_of_store(const std::filesystem::path& data);

// The command line on the folder: its exit status and what it said.
struct Said {
    int status = 0;
    std::string out;
    std::string error;
};

Said run_program(std::vector<std::string> arguments);

}  // namespace countersign::faults
