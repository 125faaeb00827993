// The address bar's fragment, which anybody can write into a link.

#include "shell/session/location.h"

#include "tests/fuzz/input.h"

using namespace countersign;
using namespace countersign::fuzz;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto location = shell::parse_location(text_of(data, size));
    if (!location) {
        return 0;
    }
    CS_CHECK(!location->project.empty());
    CS_CHECK(utf8::first_invalid(location->item) == utf8::kValid);
    // It becomes part of the addresses that the desk asks for.
    CS_CHECK(location->project.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
    const auto again = shell::parse_location(shell::to_text(*location));
    CS_CHECK(again && *again == *location);
    return 0;
}
