#include "native/cli/target_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <unistd.h>

#include "core/base/concat.h"
#include "native/platform/files.h"

namespace countersign::native {

Result<TargetFile> TargetFile::open(const std::string& name) {
    TargetFile out;
    out.name_ = name;
    out.file_ = name == "-" ? stdout : std::fopen(out.part().c_str(), "wb");
    return out.file_ == nullptr ? Result<TargetFile>(fail(ErrorCode::forbidden,
                                                          concat("cannot be written: ", std::strerror(errno)), name))
                                : Result<TargetFile>(std::move(out));
}

TargetFile::TargetFile(TargetFile&& other) noexcept
    : name_(std::move(other.name_)), file_(std::exchange(other.file_, nullptr)) {}

TargetFile::~TargetFile() {
    if (file_ != nullptr && file_ != stdout) {
        std::fclose(file_);
        std::remove(part().c_str());
    }
}

Status TargetFile::write(std::string_view bytes) {
    return std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size()
               ? success()
               : Status(fail(ErrorCode::exhausted, "the disk is full, or the reader went away", name_));
}

Status TargetFile::finish() {
    if (file_ == stdout) {
        return std::fflush(stdout) == 0 ? success()
                                        : Status(fail(ErrorCode::exhausted, "the output could not be written"));
    }
    const bool flushed = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
    std::FILE* file = std::exchange(file_, nullptr);
    if (std::fclose(file) != 0 || !flushed || std::rename(part().c_str(), name_.c_str()) != 0) {
        std::remove(part().c_str());
        return fail(ErrorCode::exhausted, "could not be written to its end", name_);
    }
    return sync_folder(std::filesystem::path(name_).parent_path());
}

}  // namespace countersign::native
