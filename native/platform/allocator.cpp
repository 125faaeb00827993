#include "native/platform/allocator.h"

#include <cstdint>
#include <cstdlib>  // says whether the C library is glibc

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#endif

namespace countersign::native {

#ifdef __GLIBC__

namespace {

constexpr int kMapped_bytes = 4 << 20;  // and larger: to the system and back each time
constexpr int kKept_bytes = 8 << 20;
constexpr int kHeap_bytes = 32 << 20;  // the most that glibc lets a thread's heap give at once
constexpr uintptr_t kLargePage_bytes = 2 << 20;

}  // namespace

void keep_memory_between_requests() {
    mallopt(M_MMAP_THRESHOLD, kMapped_bytes);
    mallopt(M_TRIM_THRESHOLD, kKept_bytes);
}

// The heap is asked for a block that spans what comes next, which is marked and given back untouched. glibc's own
// switch (glibc.malloc.hugetlb) can only be set before the process starts, and marks each small step of a heap by
// itself.
void take_memory_in_large_pages() {
    constexpr size_t kSpan_bytes = kHeap_bytes - kLargePage_bytes;
    mallopt(M_MMAP_THRESHOLD, kHeap_bytes);
    void* span = std::malloc(kSpan_bytes);  // NOLINT(cppcoreguidelines-no-malloc): the heap itself is meant
    mallopt(M_MMAP_THRESHOLD, kMapped_bytes);
    // From the large page in which the heap begins; where that is not mapped or there are no large pages: refused.
    const auto offset = reinterpret_cast<uintptr_t>(span) % kLargePage_bytes;
    if (span != nullptr) {
        madvise(static_cast<char*>(span) - offset, kSpan_bytes + offset, MADV_HUGEPAGE);
    }
    std::free(span);  // NOLINT(cppcoreguidelines-no-malloc)
}

#else

void keep_memory_between_requests() {}

void take_memory_in_large_pages() {}

#endif

}  // namespace countersign::native
