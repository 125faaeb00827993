#pragma once
// The desk's own store on this machine: one SQLite file, held by one desk at a time, and what this program keeps in it
// beside the desk: where the desk was.

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/store/sqlite.h"
#include "native/platform/files.h"

namespace countersign::desktop {

class DeviceStore {
public:
    // Makes the file and its folder when they are not there. Errors: unavailable when another desk has it open.
    static Result<std::unique_ptr<DeviceStore>> open(const std::filesystem::path& file);

    store::Database& database() { return *database_; }

    // Empty when nothing is kept.
    std::string location();
    Status keep_location(std::string_view location);

private:
    DeviceStore(native::FileLock lock, std::unique_ptr<store::Database> database)
        : lock_(std::move(lock)), database_(std::move(database)) {}

    native::FileLock lock_;
    std::unique_ptr<store::Database> database_;
};

}  // namespace countersign::desktop
