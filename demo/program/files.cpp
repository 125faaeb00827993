#include "demo/program/files.h"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "core/base/concat.h"

namespace countersign::demo {

namespace {

struct Closer {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};

using File = std::unique_ptr<std::FILE, Closer>;

Error system_error(const std::string& path, std::string_view what) {
    const int number = errno;
    const ErrorCode code = number == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable;
    return fail(code, concat(what, ": ", std::generic_category().message(number)), path);
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
    const File file(std::fopen(path.c_str(), "rb"));
    if (file == nullptr) {
        return system_error(path, "cannot be opened");
    }
    std::string content;
    char piece[1 << 16];
    while (const size_t count = std::fread(piece, 1, sizeof piece, file.get())) {
        content.append(piece, count);
    }
    if (std::ferror(file.get()) != 0) {
        return system_error(path, "cannot be read");
    }
    return content;
}

Status write_file(const std::string& path, std::string_view content) {
    const std::string beside = path + ".part";
    File file(std::fopen(beside.c_str(), "wb"));
    if (file == nullptr) {
        return system_error(path, "cannot be written");
    }
    const bool written = std::fwrite(content.data(), 1, content.size(), file.get()) == content.size();
    if (!written || std::fclose(file.release()) != 0 || std::rename(beside.c_str(), path.c_str()) != 0) {
        const Error error = system_error(path, "cannot be written");
        static_cast<void>(std::remove(beside.c_str()));
        return error;
    }
    return success();
}

}  // namespace countersign::demo
