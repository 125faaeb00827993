#pragma once
// One connection to a port of this machine.

#include <cstdint>
#include <string>
#include <string_view>

namespace countersign::fuzz {

// Sends the bytes, ends its side, and gives what came until the server closed. Stops the process when it does not.
std::string exchange(uint16_t port, std::string_view bytes);

}  // namespace countersign::fuzz
