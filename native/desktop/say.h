#pragma once
// What the program says outside of its window: lines on standard error, with its name before them.

#include <cstdio>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace countersign::desktop {

inline void say(std::string_view sentence) {
    const std::string line = "countersign-desk: " + std::string(sentence) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

// The exit status of the error's code.
inline int report(const Error& error) {
    say(error.text());
    return code_info(error.code).exit_status;
}

}  // namespace countersign::desktop
