#pragma once

// How this process's allocator deals with the system.

namespace countersign::native {

// For a server, whose requests are of many sizes: what they give back stays with the process, up to some MiB for each
// thread that allocates. Otherwise the C library hands a large body's memory back to the system after each request and
// the next one pays for every page anew: of a push of 1,000 decisions that was a fifth. Does nothing where the C
// library has no such choice. Call it before there are threads.
void keep_memory_between_requests();

}  // namespace countersign::native
