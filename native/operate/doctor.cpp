#include "native/operate/doctor.h"

#include "core/base/concat.h"
#include "native/operate/check_store.h"
#include "native/operate/new_folder.h"
#include "native/platform/clock_posix.h"
#include "native/server/data_folder.h"

namespace countersign::native {

namespace {

Status need_store(const std::filesystem::path& data) {
    return std::filesystem::exists(data / kStoreFile)
               ? success()
               : Status(fail(ErrorCode::not_found, "there is no store in this folder", data.string()));
}

std::filesystem::path keys_of(const FolderToExamine& folder) {
    return folder.keys.empty() ? folder.data : folder.keys;
}

// A file that cannot even be copied is a finding like any other.
doctor::Diagnosis unreadable(const Error& error) {
    doctor::Diagnosis out;
    out.checks.push_back({"file", "pages", 0, 1, {}});
    out.findings.push_back({"file", std::string(kStoreFile), error.text()});
    return out;
}

}  // namespace

Result<doctor::Diagnosis> examine_folder(const FolderToExamine& folder, const doctor::GoOn& go_on) {
    const std::filesystem::path& data = folder.data;
    CS_TRY_STATUS(need_store(data));
    const NewFolder copy = CS_TRY(NewFolder::make(data / "doctor"));
    const std::filesystem::path file = copy.part() / kStoreFile;
    const Status copied = copy_store_file(data / kStoreFile, file, go_on);
    if (!copied.ok() && copied.error().code == ErrorCode::corrupt) {
        return unreadable(copied.error());
    }
    CS_TRY_STATUS(copied);
    auto out = check_store({file, data, keys_of(folder)}, go_on);
    return !out.ok() && out.error().code == ErrorCode::corrupt ? Result<doctor::Diagnosis>(unreadable(out.error()))
                                                               : out;
}

Result<RebuiltFolder> rebuild_folder(const FolderToExamine& folder, const doctor::GoOn& go_on) {
    const std::filesystem::path& data = folder.data;
    CS_TRY_STATUS(need_store(data));
    const DataFolder opened = CS_TRY(DataFolder::open(data));
    const FileLock lock = CS_TRY(opened.lock("a countersign doctor"));
    RebuiltFolder out;
    out.copy = data / concat("before-rebuild-", name_of_moment(SystemClock().now().us));
    NewFolder copy = CS_TRY(NewFolder::make(out.copy));
    CS_TRY_STATUS(copy_store_file(data / kStoreFile, copy.part() / kStoreFile, go_on));
    CS_TRY_STATUS(copy.place());
    out.before = CS_TRY(check_store({data / kStoreFile, data, keys_of(folder), doctor::Rebuilt::kept}, go_on));
    return out;
}

}  // namespace countersign::native
