#pragma once
// Where a command writes what it gets: standard output for "-", or a file that appears only when it is whole.

#include <cstdio>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign::native {

class TargetFile {
public:
    // forbidden with the system's reason.
    static Result<TargetFile> open(const std::string& name);

    TargetFile(TargetFile&& other) noexcept;
    TargetFile(const TargetFile&) = delete;
    TargetFile& operator=(const TargetFile&) = delete;
    TargetFile& operator=(TargetFile&&) = delete;
    // What was not finished is taken away.
    ~TargetFile();

    Status write(std::string_view bytes);
    // Flushed, and in its place.
    Status finish();

private:
    TargetFile() = default;

    std::string part() const { return name_ + ".part"; }

    std::string name_;
    std::FILE* file_ = nullptr;
};

}  // namespace countersign::native
