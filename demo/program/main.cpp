// countersign-demo-model: trains, asks and judges the demo's classifier. demo/program/program.h has the work.

#include <cstdio>
#include <string>
#include <vector>

#include "demo/program/program.h"

namespace {

void print(std::FILE* to, std::string_view text) {
    static_cast<void>(std::fwrite(text.data(), 1, text.size(), to));
    static_cast<void>(std::fflush(to));
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
    const countersign::demo::Console console{[](std::string_view text) { print(stdout, text); },
                                             [](std::string_view text) { print(stderr, text); }};
    return countersign::demo::run_program(args, console);
}
