#pragma once

// How this process's allocator deals with the system.

namespace countersign::native {

// For a server, whose requests are of many sizes: what they give back stays with the process, up to some MiB for each
// thread that allocates. Otherwise the C library hands a large body's memory back to the system after each request and
// the next one pays for every page anew: of a push of 1,000 decisions that was a fifth. Does nothing where the C
// library has no such choice. Call it before there are threads.
void keep_memory_between_requests();

// For the thread that calls it: what it allocates from now on comes, up to some 30 MiB, in large pages of the system
// as it is touched, not before. A writer that is new, and whose store's cache grows by each push, paid a quarter of the
// time of a push of 1,000 decisions for pages of 4 KiB. Does nothing where the C library or the system has no such
// choice. Call it as the thread's first act.
void take_memory_in_large_pages();

}  // namespace countersign::native
