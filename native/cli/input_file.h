#pragma once
// The file that a command reads, piece by piece: its bytes, or standard input's for "-". Never held whole.

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

#include "core/base/result.h"

namespace countersign::native {

class InputFile {
public:
    // not_found with the system's reason.
    static Result<InputFile> open(const std::string& name);

    InputFile(InputFile&& other) noexcept
        : file_(std::exchange(other.file_, nullptr)), size_(other.size_), read_(other.read_) {}

    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    InputFile& operator=(InputFile&&) = delete;
    ~InputFile();

    // Appends the next piece; false when there is none left.
    Result<bool> next(std::string& out);

    uint64_t read() const { return read_; }

    // 0 where it is not known.
    uint64_t size() const { return size_; }

private:
    InputFile() = default;

    std::FILE* file_ = nullptr;
    uint64_t size_ = 0;
    uint64_t read_ = 0;
};

}  // namespace countersign::native
