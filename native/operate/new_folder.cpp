#include "native/operate/new_folder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/concat.h"
#include "core/base/instant.h"

namespace countersign::native {

namespace {

Error folder_error(const std::filesystem::path& path, int code) {
    const std::string place = path.string();
    switch (code) {
        case EEXIST:
        case ENOTEMPTY: return fail(ErrorCode::already_exists, "is there already", place);
        case EACCES:
        case EPERM: return fail(ErrorCode::forbidden, "this account may not write there", place);
        case ENOENT: return fail(ErrorCode::not_found, "the folder around it is not there", place);
        case ENOSPC:
        case EDQUOT: return fail(ErrorCode::exhausted, "the disk is full", place);
        default: return fail(ErrorCode::unavailable, std::strerror(code), place);
    }
}

Status flush(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool flushed = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int code = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return flushed ? success() : Status(folder_error(path, code));
}

std::filesystem::path around(const std::filesystem::path& path) {
    const std::filesystem::path parent = path.parent_path();
    return parent.empty() ? std::filesystem::path(".") : parent;
}

// "a/b/" names what "a/b" does.
std::filesystem::path plain(const std::filesystem::path& path) {
    return path.has_filename() ? path : path.parent_path();
}

}  // namespace

Result<NewFolder> NewFolder::make(const std::filesystem::path& path, Existing existing) {
    NewFolder out;
    out.path_ = plain(path);
    const std::filesystem::path part = out.path_.string() + ".part";
    std::error_code ignored;
    if (existing == Existing::refused && std::filesystem::exists(out.path_, ignored)) {
        return folder_error(out.path_, EEXIST);
    }
    std::filesystem::remove_all(part, ignored);
    if (::mkdir(part.c_str(), 0700) != 0) {
        return folder_error(out.path_, errno);
    }
    out.part_ = part;
    return out;
}

NewFolder::NewFolder(NewFolder&& other) noexcept
    : path_(std::move(other.path_)), part_(std::exchange(other.part_, std::filesystem::path())) {}

NewFolder::~NewFolder() {
    if (!part_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(part_, ignored);
    }
}

Status NewFolder::place() {
    for (const auto& entry : std::filesystem::directory_iterator(part_)) {
        CS_TRY_STATUS(flush(entry.path()));
    }
    CS_TRY_STATUS(flush(part_));
    CS_TRY_STATUS(rename_folder(part_, path_));
    part_.clear();
    return success();
}

Status rename_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0) {
        return folder_error(to, errno);
    }
    return flush(around(to));
}

std::string name_of_moment(int64_t us) {
    std::string out = to_rfc3339(Instant{us / kSecond_us * kSecond_us});
    std::replace(out.begin(), out.end(), ':', '-');
    return out;
}

}  // namespace countersign::native
