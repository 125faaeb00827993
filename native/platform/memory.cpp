#include "native/platform/memory.h"

#include <cstdlib>
#include <new>
#include <string_view>

#include <unistd.h>

namespace countersign::native {

namespace {

// Nothing here may ask for memory.
[[noreturn]] void end() {
    constexpr std::string_view kWords =
        "countersign: there is not enough memory, so it ends; what was acknowledged before is safe. End other programs "
        "or give it more, then start it again.\n";
    static_cast<void>(!::write(STDERR_FILENO, kWords.data(), kWords.size()));  // glibc wants it looked at
    std::_Exit(kNoMemoryStatus);
}

}  // namespace

void end_when_memory_is_out() {
    std::set_new_handler(end);
}

}  // namespace countersign::native
