#include "native/platform/allocator.h"

#include <cstdlib>  // says whether the C library is glibc

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace countersign::native {

void keep_memory_between_requests() {
#ifdef __GLIBC__
    constexpr int kMapped_bytes = 4 << 20;  // and larger: to the system and back each time
    constexpr int kKept_bytes = 8 << 20;
    mallopt(M_MMAP_THRESHOLD, kMapped_bytes);
    mallopt(M_TRIM_THRESHOLD, kKept_bytes);
#endif
}

}  // namespace countersign::native
