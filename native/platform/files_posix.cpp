#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/concat.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

Error file_error(const std::filesystem::path& path, int code) {
    const std::string place = path.string();
    switch (code) {
        case ENOENT: return fail(ErrorCode::not_found, "there is no such file", place);
        case EACCES:
        case EPERM:
        case EROFS: return fail(ErrorCode::forbidden, "this account may not read or write it", place);
        case ENOTDIR: return fail(ErrorCode::forbidden, "a part of its path is a file, not a folder", place);
        case EISDIR: return fail(ErrorCode::invalid_argument, "is a folder, not a file", place);
        case ENOSPC:
        case EDQUOT: return fail(ErrorCode::exhausted, "the disk is full; free some space and try again", place);
        case EIO:
            return fail(ErrorCode::disk_failed,
                        "the disk refused it (Input/output error); look after the disk, then start again", place);
        default: return fail(ErrorCode::unavailable, std::strerror(code), place);
    }
}

// Closes what it holds.
class Descriptor {
public:
    explicit Descriptor(int descriptor) : descriptor_(descriptor) {}

    ~Descriptor() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int get() const { return descriptor_; }

private:
    int descriptor_;
};

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes.remove_prefix(written < 0 ? 0 : static_cast<size_t>(written));
    }
    return true;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, uint64_t limit_bytes) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) {
        return file_error(path, errno);
    }
    std::string out;
    char buffer[64 * 1024];
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return file_error(path, errno);
        }
        if (got == 0) {
            return out;
        }
        out.append(buffer, static_cast<size_t>(got));
        if (out.size() > limit_bytes) {
            return fail(ErrorCode::exhausted, concat("is larger than ", limit_bytes, " bytes"), path.string());
        }
    }
}

Status write_file(const std::filesystem::path& path, std::string_view bytes, bool private_to_owner) {
    const std::filesystem::path temporary = path.string() + ".new";
    {
        const Descriptor file(
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, private_to_owner ? 0600 : 0644));
        if (file.get() < 0 || !write_all(file.get(), bytes) || ::fsync(file.get()) != 0) {
            return file_error(temporary, errno);
        }
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        return file_error(path, errno);
    }
    return sync_folder(path.parent_path());
}

Status sync_folder(const std::filesystem::path& folder) {
    const std::filesystem::path place = folder.empty() ? std::filesystem::path(".") : folder;
    const Descriptor descriptor(::open(place.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some file systems have nothing to sync in a folder and say so.
    if (descriptor.get() < 0 || (::fsync(descriptor.get()) != 0 && errno != EINVAL)) {
        return file_error(place, errno);
    }
    return success();
}

Status make_folders(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> missing;
    std::error_code problem;
    for (std::filesystem::path at = std::filesystem::absolute(folder, problem).lexically_normal();
         !std::filesystem::exists(at, problem) && at.has_relative_path(); at = at.parent_path()) {
        missing.push_back(at);
    }
    std::filesystem::create_directories(folder, problem);
    if (problem || !std::filesystem::is_directory(folder, problem)) {
        return problem ? file_error(folder, problem.value())
                       : Status(fail(ErrorCode::invalid_argument, "something else has its name", folder.string()));
    }
    for (const std::filesystem::path& made : missing) {
        CS_TRY_STATUS(sync_folder(made.parent_path()));
    }
    return success();
}

Status read_anew(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) {
        return errno == ENOENT ? success() : Status(file_error(path, errno));
    }
    if (::fsync(file.get()) != 0) {
        return file_error(path, errno);
    }
#ifdef POSIX_FADV_DONTNEED
    static_cast<void>(::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED));  // where it is not heeded, as before
#endif
    return success();
}

Result<FileLock> FileLock::take(const std::filesystem::path& path, std::string_view who, std::string_view what) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return file_error(path, errno);
    }
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        char holder[512] = {};
        const ssize_t got = ::pread(descriptor, holder, sizeof holder - 1, 0);
        const std::string name(holder, got > 0 ? static_cast<size_t>(got) : 0);
        return fail(ErrorCode::unavailable, concat(what, " is in use by ", name.empty() ? "another process" : name),
                    path.parent_path().string());
    }
    lock.describe(who);
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);  // gives the lock back
    }
}

void FileLock::describe(std::string_view who) {
    if (::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, who.data(), who.size(), 0) < 0) {
        return;  // the description is a courtesy; the lock holds without it
    }
}

}  // namespace countersign::native
