#include "native/http/byte_source.h"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "core/base/concat.h"

namespace countersign::http {
namespace {

class FileSource final : public ByteSource {
public:
    FileSource(std::FILE* file, std::string name, std::optional<uint64_t> size)
        : file_(file), name_(std::move(name)), size_(size) {}

    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;

    ~FileSource() override { std::fclose(file_); }

    std::optional<uint64_t> size() const override { return size_; }

    Result<size_t> read(std::span<char> into) override {
        const size_t count = std::fread(into.data(), 1, into.size(), file_);
        if (count == 0 && std::ferror(file_) != 0) {
            return fail(ErrorCode::unavailable, concat("cannot be read: ", std::generic_category().message(errno)),
                        name_);
        }
        return count;
    }

private:
    std::FILE* file_;
    std::string name_;
    std::optional<uint64_t> size_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file_source(const std::filesystem::path& path) {
    std::error_code code;
    if (std::filesystem::is_directory(path, code)) {
        return fail(ErrorCode::invalid_argument, "is a folder; a file is needed", path.string());
    }
    std::FILE* const file = std::fopen(path.string().c_str(), "rb");
    if (file == nullptr) {
        return fail(ErrorCode::not_found, concat("cannot be opened: ", std::generic_category().message(errno)),
                    path.string());
    }
    std::optional<uint64_t> size;
    if (std::filesystem::is_regular_file(path, code)) {
        const auto bytes = std::filesystem::file_size(path, code);
        size = code ? std::optional<uint64_t>() : bytes;
    }
    return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(file, path.string(), size));
}

}  // namespace countersign::http
