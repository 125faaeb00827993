#pragma once
// A password for a command, from the terminal or from standard input. Secrets never stand among the arguments, where
// others could read them.

#include <cstdint>
#include <string>

namespace countersign::native {

enum class Asking : uint8_t {
    at_terminal,  // asks, without echo, where standard input is a terminal
    silently,     // reads the first line of standard input
};

std::string read_password(Asking asking);

}  // namespace countersign::native
