#pragma once
// The stand-in's store: one table of lines, each committed durably, through the core's own Database on the device's
// files.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/store/sqlite.h"

namespace countersign::web::stand_in {

class Journal {
public:
    static Result<Journal> open();

    // Kinds and lines; one transaction for all of them.
    Status append(const std::vector<std::pair<std::string, std::string>>& kinds_and_lines);
    Result<int64_t> count(std::string_view kind);
    Result<std::string> last(std::string_view kind);
    // "ok", or what SQLite found.
    Result<std::string> integrity();
    Status close();

private:
    explicit Journal(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}

    std::unique_ptr<store::Database> database_;
};

}  // namespace countersign::web::stand_in
