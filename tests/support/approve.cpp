#include "tests/support/approve.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <catch_amalgamated.hpp>

namespace countersign::testing {

namespace {

// The first line that differs, so that a long text's failure can be read.
std::string first_difference(const std::string& expected, const std::string& actual) {
    size_t line = 1;
    size_t start = 0;
    const size_t shorter = std::min(expected.size(), actual.size());
    size_t at = 0;
    for (; at < shorter && expected[at] == actual[at]; ++at) {
        if (expected[at] == '\n') {
            ++line;
            start = at + 1;
        }
    }
    return "line " + std::to_string(line) + "\nexpected: " + expected.substr(start, 400) +
           "\nactual:   " + actual.substr(start, 400);
}

}  // namespace

void approve(std::string_view name, const std::string& text) {
    const std::string path = std::string(COUNTERSIGN_APPROVED) + "/" + std::string(name);
    if (std::getenv("COUNTERSIGN_APPROVE") != nullptr) {
        std::ofstream(path, std::ios::binary) << text;
        SUCCEED();
        return;
    }
    std::ifstream file(path, std::ios::binary);
    const std::string expected{std::istreambuf_iterator<char>(file), {}};
    INFO(path << " differs; COUNTERSIGN_APPROVE=1 rewrites it\n" << first_difference(expected, text));
    CHECK(expected == text);
}

}  // namespace countersign::testing
