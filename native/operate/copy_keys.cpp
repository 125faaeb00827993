#include "native/operate/copy_keys.h"

#include "core/base/concat.h"
#include "native/operate/check_store.h"
#include "native/operate/new_folder.h"
#include "native/platform/files.h"
#include "native/server/subject_keys.h"

namespace countersign::native {

namespace {

constexpr uint64_t kMasterLimit_bytes = 1'000;

// Other keys than these would be lost with what is overwritten.
Status check_same(const std::filesystem::path& from, const std::filesystem::path& to) {
    const std::shared_ptr<SubjectKeys> theirs = CS_TRY(read_subject_keys(from));
    const std::shared_ptr<SubjectKeys> there = CS_TRY(read_subject_keys(to));
    if (theirs == nullptr) {
        return fail(ErrorCode::not_found, concat("there is no ", kKeysFile, " with its ", kMasterFile), from.string());
    }
    const std::string id = CS_TRY(theirs->id());
    if (there != nullptr && CS_TRY(there->id()) != id) {
        return fail(ErrorCode::already_exists, "has the keys of another data folder", to.string());
    }
    return success();
}

}  // namespace

bool has_subject_keys(const std::filesystem::path& folder) {
    std::error_code ignored;
    return std::filesystem::exists(folder / kKeysFile, ignored) &&
           std::filesystem::exists(folder / kMasterFile, ignored);
}

Status copy_subject_keys(const std::filesystem::path& from, const std::filesystem::path& to) {
    CS_TRY_STATUS(check_same(from, to));
    if (!std::filesystem::exists(to)) {
        CS_TRY_STATUS(make_folders(to));
        std::error_code ignored;
        std::filesystem::permissions(to, std::filesystem::perms::owner_all, ignored);
    }
    const std::string master = CS_TRY(read_file(from / kMasterFile, kMasterLimit_bytes));
    CS_TRY_STATUS(write_file(to / kMasterFile, master, true));
    const std::filesystem::path part = to / concat(kKeysFile, ".part");
    CS_TRY_STATUS(write_file(part, {}, true));
    const auto go_on = [](const doctor::Progress&) { return true; };
    CS_TRY_STATUS(copy_store_file(from / kKeysFile, part, go_on));
    return rename_folder(part, to / kKeysFile);
}

Status remove_subject_keys(const std::filesystem::path& folder) {
    std::error_code problem;
    for (const std::string_view name : {kKeysFile, kMasterFile}) {
        for (const std::string_view ending : {"", "-wal", "-shm"}) {
            std::filesystem::remove(folder / concat(name, ending), problem);
        }
    }
    return sync_folder(folder);
}

}  // namespace countersign::native
