#include "tests/support/approval.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/base/concat.h"

namespace countersign::tests {
namespace {

std::string path_of(std::string_view name) {
    return concat(COUNTERSIGN_ROOT, "/tests/approved/", name);
}

std::string read_all(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string line_at(std::string_view text, size_t offset) {
    const size_t from = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
    return std::string(text.substr(from, text.find('\n', offset) - from));
}

}  // namespace

std::string differs_from_approved(std::string_view name, std::string_view actual) {
    const std::string path = path_of(name);
    const std::string approved = read_all(path);
    if (approved == actual) {
        return {};
    }
    if (const char* approve = std::getenv("COUNTERSIGN_APPROVE");
        approve != nullptr && std::string_view(approve) == "1") {
        std::ofstream(path, std::ios::binary) << actual;
        std::printf("approved: tests/approved/%s\n", std::string(name).c_str());
        return {};
    }
    size_t same = 0;
    while (same < approved.size() && same < actual.size() && approved[same] == actual[same]) {
        same++;
    }
    return concat("tests/approved/", name, " differs\n  approved: ", line_at(approved, same),
                  "\n  now:      ", line_at(actual, same), "\n  COUNTERSIGN_APPROVE=1 accepts what is now");
}

std::string fingerprint(const void* bytes, size_t size) {
    uint64_t hash = 0xcbf29ce484222325U;
    const auto* at = static_cast<const uint8_t*>(bytes);
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ at[i]) * 0x100000001b3U;
    }
    char hex[17];
    std::snprintf(hex, sizeof hex, "%016llx", static_cast<unsigned long long>(hash));
    return hex;
}

}  // namespace countersign::tests
