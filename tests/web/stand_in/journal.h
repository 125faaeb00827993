#pragma once
// The stand-in's store: one table of lines, each committed durably, through SQLite on the device's files.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "shell/platform/storage.h"

struct sqlite3;

namespace countersign::web::stand_in {

class Journal {
public:
    static Result<Journal> open(shell::StorageKind kind);
    Journal(Journal&& other) noexcept;
    Journal& operator=(Journal&&) = delete;
    ~Journal();

    // One transaction for all of them.
    Status append(const std::vector<std::pair<std::string, std::string>>& kinds_and_lines);
    Result<int64_t> count(std::string_view kind) const;
    Result<std::string> last(std::string_view kind) const;
    // "ok", or what SQLite found.
    Result<std::string> integrity() const;
    Status close();

private:
    explicit Journal(sqlite3* connection) : connection_(connection) {}

    Status run(const char* sql) const;
    Result<std::string> single(const char* sql, std::string_view argument) const;

    sqlite3* connection_ = nullptr;
};

}  // namespace countersign::web::stand_in
