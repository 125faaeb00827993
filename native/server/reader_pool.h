#pragma once
// A read-only workspace for each thread that answers: opened at the thread's first request, closed with the pool.
//
// Thread: here() from any thread; what it gives belongs to that thread.

#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "core/api/workspace.h"
#include "native/platform/clock_posix.h"
#include "native/platform/secrets.h"
#include "native/server/data_folder.h"

namespace countersign::native {

class ReaderPool {
public:
    ReaderPool(const DataFolder& folder, const api::ServerSettings& settings) : folder_(folder), settings_(settings) {}

    Result<api::Workspace*> here();

private:
    struct Reader {
        Reader(std::unique_ptr<store::Database> opened, const api::ServerSettings& settings)
            : database(std::move(opened)), workspace{*database, clock, entropy, passwords, policies, settings} {}

        std::unique_ptr<store::Database> database;
        SystemClock clock;
        SystemEntropy entropy;
        Argon2Passwords passwords;
        store::PolicyCache policies;
        api::Workspace workspace;
    };

    const DataFolder& folder_;
    const api::ServerSettings& settings_;
    std::mutex mutex_;
    std::map<std::thread::id, std::unique_ptr<Reader>> readers_;
};

}  // namespace countersign::native
