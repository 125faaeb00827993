#pragma once
// Data that lies beside the repository (../shared), or where the environment variable COUNTERSIGN_SHARED says.

#include <optional>
#include <string>
#include <string_view>

namespace countersign::rules {

// The bytes of a file below the shared folder; nothing when it is not there.
std::optional<std::string> shared_file(std::string_view path);

// The bytes of a file of the repository's own ("tests/cases/rules/mistakes.json"); the test fails without it.
std::string repository_file(std::string_view path);

}  // namespace countersign::rules
