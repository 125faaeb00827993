#pragma once
// countersign-demo-model as a function, so that tests run exactly what the command line runs.

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace countersign::demo {

struct Console {
    std::function<void(std::string_view)> out;       // results
    std::function<void(std::string_view)> progress;  // what takes long, and errors
};

// `args` without the program's name. Returns the exit status: 0, or as code_info() maps the error (2 for a wrong
// command line, a missing file or a broken one, 5 for a file that cannot be read or written).
int run_program(std::span<const std::string> args, const Console& console);

}  // namespace countersign::demo
