#include "native/desktop/device_store.h"

#include <unistd.h>

#include "core/base/concat.h"
#include "core/store/projects.h"
#include "core/store/schema.h"

namespace countersign::desktop {

namespace {

constexpr std::string_view kLocation = "desktop/location";

}  // namespace

Result<std::unique_ptr<DeviceStore>> DeviceStore::open(const std::filesystem::path& file) {
    const Status made = file.has_parent_path() ? native::make_folders(file.parent_path()) : success();
    if (!made.ok()) {
        return fail(made.error().code,
                    concat("the folder of the desk's store cannot be made: ", made.error().message,
                           "; choose another file with --store"),
                    file.string());
    }
    native::FileLock lock =
        CS_TRY(native::FileLock::take(file.string() + ".lock",
                                      concat("another Countersign desk (process ", static_cast<int64_t>(::getpid()),
                                             "); go to its window, or choose "
                                             "another file with --store"),
                                      concat("the desk's store ", file.filename().string())));
    for (const char* ending : {"", "-wal", "-journal"}) {
        CS_TRY_STATUS(native::read_anew(file.string() + ending));
    }
    std::unique_ptr<store::Database> database = CS_TRY(store::open_store({.path = file.string()}));
    CS_TRY_STATUS(native::sync_folder(file.parent_path()));
    return std::unique_ptr<DeviceStore>(new DeviceStore(std::move(lock), std::move(database)));
}

std::string DeviceStore::location() {
    auto kept = store::read_meta(*database_, kLocation);
    return kept.ok() && kept.value() ? std::move(kept).value().value() : std::string();
}

Status DeviceStore::keep_location(std::string_view location) {
    return store::write_meta(*database_, kLocation, location);
}

}  // namespace countersign::desktop
