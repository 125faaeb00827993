#include "native/cli/input_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "core/base/concat.h"

namespace countersign::native {

namespace {

constexpr size_t kPiece_bytes = size_t{64} * 1024;

}  // namespace

Result<InputFile> InputFile::open(const std::string& name) {
    InputFile out;
    if (name == "-") {
        out.file_ = stdin;
        return out;
    }
    out.file_ = std::fopen(name.c_str(), "rb");
    if (out.file_ == nullptr) {
        return fail(ErrorCode::not_found, concat("cannot be read: ", std::strerror(errno)), name);
    }
    std::error_code failed;
    const uint64_t size = std::filesystem::file_size(name, failed);
    out.size_ = failed ? 0 : size;
    return out;
}

InputFile::~InputFile() {
    if (file_ != nullptr && file_ != stdin) {
        std::fclose(file_);
    }
}

Result<bool> InputFile::next(std::string& out) {
    const size_t before = out.size();
    out.resize(before + kPiece_bytes);
    const size_t got = std::fread(out.data() + before, 1, kPiece_bytes, file_);
    out.resize(before + got);
    read_ += got;
    return std::ferror(file_) != 0
               ? Result<bool>(fail(ErrorCode::unavailable, "the input could not be read to its end"))
               : got > 0;
}

}  // namespace countersign::native
