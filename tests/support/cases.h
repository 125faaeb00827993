#pragma once
// Test cases as data: files under tests/cases, and small changes to JSON documents named by JSON Pointer (RFC 6901,
// without its escapes).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/json.h"

namespace countersign::testing {

// The bytes of tests/cases/<name>; the test fails when there is no such file.
std::string read_case(std::string_view name);
// A file of the shared data folder, or nothing where that is absent: then the test skips.
std::optional<std::string> read_shared(std::string_view name);
// The names of all files below a folder of it that end so, sorted, as read_shared takes them; none where it is absent.
std::vector<std::string> list_shared(std::string_view folder, std::string_view ending);

// "/routes/2/when": members are added where they are missing, list elements must be there.
void set_at(Json& document, std::string_view pointer, const Json& value);
void remove_at(Json& document, std::string_view pointer);

}  // namespace countersign::testing
