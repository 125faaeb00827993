#include "native/desktop/saved_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include "core/base/concat.h"
#include "native/platform/files.h"

namespace countersign::desktop {

namespace {

constexpr int kMostTries = 10'000;
constexpr size_t kNameLimit_bytes = 200;

std::string fit_name(std::string_view wanted) {
    std::string name(wanted.substr(0, kNameLimit_bytes));
    std::ranges::replace_if(
        name, [](char c) { return c == '/' || c == '\\' || static_cast<unsigned char>(c) < ' '; }, '_');
    // Nothing hidden, and neither "." nor "..".
    if (name.empty() || name.front() == '.') {
        name.insert(0, "_");
    }
    return name;
}

std::string numbered(const std::string& name, int number) {
    if (number == 1) {
        return name;
    }
    const size_t dot = name.rfind('.');
    const std::string stem = name.substr(0, dot);
    const std::string ending = dot == std::string::npos ? std::string() : name.substr(dot);
    return concat(stem, " (", number, ")", ending);
}

Error failed(const std::filesystem::path& path) {
    const ErrorCode code = errno == ENOSPC || errno == EDQUOT  ? ErrorCode::exhausted
                           : errno == EACCES || errno == EROFS ? ErrorCode::forbidden
                                                               : ErrorCode::unavailable;
    return fail(code, concat("cannot be written: ", std::strerror(errno)), path.string());
}

}  // namespace

Result<std::filesystem::path> save_beside(const std::filesystem::path& folder, std::string_view name,
                                          std::string_view bytes) {
    const std::string fitting = fit_name(name);
    for (int number = 1; number <= kMostTries; ++number) {
        const std::filesystem::path path = folder / numbered(fitting, number);
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file < 0 && errno == EEXIST) {
            continue;
        }
        if (file < 0) {
            return failed(path);
        }
        bool whole = true;
        for (std::string_view rest = bytes; whole && !rest.empty();) {
            const ssize_t written = ::write(file, rest.data(), rest.size());
            whole = written >= 0 || errno == EINTR;
            rest.remove_prefix(written > 0 ? static_cast<size_t>(written) : 0);
        }
        whole = whole && ::fsync(file) == 0;
        const Error problem = whole ? Error{} : failed(path);
        ::close(file);
        if (!whole) {
            ::unlink(path.c_str());
            return problem;
        }
        CS_TRY_STATUS(native::sync_folder(folder));
        return path;
    }
    return fail(ErrorCode::exhausted, concat("has ", kMostTries, " files of the name '", fitting, "' already"),
                folder.string());
}

}  // namespace countersign::desktop
