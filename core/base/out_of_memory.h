#pragma once
// For what a C library could not allocate, and of which nothing can be told to anybody.

#include <cstdio>
#include <cstdlib>
#include <new>

namespace countersign {

// As operator new does, it calls the program's handler for a lack of memory (native/platform/memory.h), which ends the
// process; where there is none, the process ends here.
[[noreturn]] inline void out_of_memory() {
    if (const std::new_handler handler = std::get_new_handler(); handler != nullptr) {
        handler();
    }
    std::fputs("countersign: there is not enough memory\n", stderr);
    std::abort();
}

}  // namespace countersign
