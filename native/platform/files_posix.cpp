#include <cerrno>
#include <cstring>
#include <utility>

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
        case EPERM: return fail(ErrorCode::forbidden, "this account may not read or write it", place);
        case EISDIR: return fail(ErrorCode::invalid_argument, "is a folder, not a file", place);
        case ENOSPC:
        case EDQUOT: return fail(ErrorCode::exhausted, "the disk is full", place);
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
