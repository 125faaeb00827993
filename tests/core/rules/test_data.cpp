#include "tests/core/rules/test_data.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"

namespace countersign::rules {

namespace {

std::optional<std::string> bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

}  // namespace

std::optional<std::string> shared_file(std::string_view path) {
    const char* named = std::getenv("COUNTERSIGN_SHARED");
    const std::string folder = named != nullptr ? std::string(named) : concat(COUNTERSIGN_ROOT, "/../shared");
    return bytes_of(concat(folder, "/", path));
}

std::string repository_file(std::string_view path) {
    const std::optional<std::string> bytes = bytes_of(concat(COUNTERSIGN_ROOT, "/", path));
    INFO("the file " << path << " of the repository");
    REQUIRE(bytes.has_value());
    return *bytes;
}

}  // namespace countersign::rules
