// A library to preload into a program: lets one call to the disk fail, or the process die at it; or one for memory. It
// stands before the C library's own functions; what is not to fail goes on to them.
//
//   COUNTERSIGN_SHIM_FOLDER  only files below this folder count
//   COUNTERSIGN_SHIM_FAULT   "CALL FILE NUMBER EFFECT MODE"
//        CALL    sync (fsync, fdatasync), write (write, pwrite), truncate, open, any
//        FILE    how the file's path must end; * for any
//        NUMBER  which of these calls, from 1
//                or memory (malloc, calloc, realloc and what is made of them; FILE says nothing then)
//        EFFECT  EIO, ENOSPC, EMFILE, EROFS, ENOMEM; KILL: the process is gone before the call has its effect
//        MODE    once, or on: that one and all after it
//   COUNTERSIGN_SHIM_LOG     a file that gets a line for each call that failed; with COUNTERSIGN_SHIM_TRACE also one
//   for
//                            each sync and rename
//
// A write that fails has got half way. Nothing of C++ that needs a library of its own is used here.

// The wrappers that this would make of the functions below could not be defined again.
#undef _FORTIFY_SOURCE

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

constexpr size_t kPath_bytes = 4096;

struct Plan {
    char call[16] = {};
    char file[256] = {};
    long number = 0;
    char effect[16] = {};
    char mode[8] = {};
    const char* folder = nullptr;
    const char* log = nullptr;
    bool traces = false;
};

template <class Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

using Open = int(const char*, int, ...);
using Write = ssize_t(int, const void*, size_t);
using WriteAt = ssize_t(int, const void*, size_t, off64_t);
using Truncate = int(int, off64_t);
using Sync = int(int);
using Rename = int(const char*, const char*);

const Plan& plan() {
    static const Plan kPlan = [] {
        Plan out;
        out.folder = std::getenv("COUNTERSIGN_SHIM_FOLDER");
        out.log = std::getenv("COUNTERSIGN_SHIM_LOG");
        out.traces = std::getenv("COUNTERSIGN_SHIM_TRACE") != nullptr;
        const char* fault = std::getenv("COUNTERSIGN_SHIM_FAULT");
        if (fault != nullptr &&
            std::sscanf(fault, "%15s %255s %ld %15s %7s", out.call, out.file, &out.number, out.effect, out.mode) != 5) {
            std::fputs("shim: COUNTERSIGN_SHIM_FAULT cannot be read\n", stderr);
            std::_Exit(99);
        }
        return out;
    }();
    return kPlan;
}

void write_line(const char* what, const char* path) {
    char line[kPath_bytes + 64];
    const int size = std::snprintf(line, sizeof line, "%s %s\n", what, path);
    const int log = next<Open>("open")(plan().log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log >= 0) {
        static_cast<void>(next<Write>("write")(log, line, static_cast<size_t>(size)));
        ::close(log);
    }
}

bool ends_with(const char* path, const char* end) {
    const size_t length = std::strlen(path);
    const size_t wanted = std::strlen(end);
    return std::strcmp(end, "*") == 0 || (length >= wanted && std::strcmp(path + length - wanted, end) == 0);
}

bool counts(const char* path) {
    const char* folder = plan().folder;
    return folder != nullptr && std::strncmp(path, folder, std::strlen(folder)) == 0;
}

int error_of(const char* effect) {
    return std::strcmp(effect, "ENOSPC") == 0   ? ENOSPC
           : std::strcmp(effect, "EMFILE") == 0 ? EMFILE
           : std::strcmp(effect, "EROFS") == 0  ? EROFS
           : std::strcmp(effect, "ENOMEM") == 0 ? ENOMEM
                                                : EIO;
}

// Whether this one, of those that `number` has counted, is to fail.
bool is_chosen(std::atomic<long>& number) {
    const Plan& now = plan();
    const long mine = ++number;
    return mine == now.number || (mine > now.number && std::strcmp(now.mode, "on") == 0);
}

// True: the call is to fail, with errno set. Does not come back when the process is to die.
bool strikes(const char* call, const char* path) {
    static std::atomic<long> number{0};
    const Plan& now = plan();
    if (now.number == 0 || !counts(path) || !ends_with(path, now.file) ||
        (std::strcmp(now.call, "any") != 0 && std::strcmp(now.call, call) != 0)) {
        return false;
    }
    if (!is_chosen(number)) {
        return false;
    }
    if (now.log != nullptr) {
        write_line(call, path);
    }
    if (std::strcmp(now.effect, "KILL") == 0) {
        ::kill(::getpid(), SIGKILL);
    }
    errno = error_of(now.effect);
    return true;
}

// Set when the program's own code begins: what the C library and this one need before that is not counted.
std::atomic<bool> memory_can_fail{false};

bool memory_strikes() {
    static std::atomic<long> number{0};
    if (!memory_can_fail.load(std::memory_order_relaxed) || !is_chosen(number)) {
        return false;
    }
    static std::atomic<bool> told{false};
    if (!told.exchange(true) && plan().log != nullptr) {
        write_line("memory", "");
    }
    errno = ENOMEM;
    return true;
}

__attribute__((constructor)) void begin() {
    memory_can_fail = std::strcmp(plan().call, "memory") == 0;
}

// Where the descriptor leads; empty when that is nowhere in the file system.
struct PathOf {
    explicit PathOf(int descriptor) {
        char link[64];
        std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
        const ssize_t size = ::readlink(link, text, sizeof text - 1);
        text[size < 0 ? 0 : size] = '\0';
    }

    char text[kPath_bytes];
};

bool strikes(const char* call, int descriptor) {
    if (plan().folder == nullptr) {
        return false;
    }
    const int before = errno;
    const PathOf path(descriptor);
    errno = before;
    return strikes(call, path.text);
}

void trace(const char* what, int descriptor) {
    if (plan().traces) {
        const PathOf path(descriptor);
        if (counts(path.text)) {
            write_line(what, path.text);
        }
    }
}

int opened(const char* name, const char* path, int flags, mode_t mode) {
    const int descriptor = next<Open>(name)(path, flags, mode);
    // Only a writer is refused: a read-only file can be read.
    if (descriptor >= 0 && (flags & O_ACCMODE) != O_RDONLY && strikes("open", descriptor)) {
        const int why = errno;
        ::close(descriptor);
        errno = why;
        return -1;
    }
    return descriptor;
}

}  // namespace

extern "C" {

// The C library's own, under the names by which it lets others stand before it: to look them up takes memory.
void* __libc_malloc(size_t size);                // NOLINT(bugprone-reserved-identifier)
void* __libc_calloc(size_t count, size_t size);  // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void* old, size_t size);    // NOLINT(bugprone-reserved-identifier)

void* malloc(size_t size) noexcept {
    return memory_strikes() ? nullptr : __libc_malloc(size);
}

void* calloc(size_t count, size_t size) noexcept {
    return memory_strikes() ? nullptr : __libc_calloc(count, size);
}

void* realloc(void* old, size_t size) noexcept {
    return memory_strikes() ? nullptr : __libc_realloc(old, size);
}

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return opened("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return opened("open64", path, flags, mode);
}

ssize_t write(int descriptor, const void* bytes, size_t count) {
    if (strikes("write", descriptor)) {
        return -1;
    }
    return next<Write>("write")(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t at) {
    return pwrite64(descriptor, bytes, count, at);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t at) {
    if (strikes("write", descriptor)) {
        const int why = errno;
        static_cast<void>(next<WriteAt>("pwrite64")(descriptor, bytes, count / 2, at));
        errno = why;
        return -1;
    }
    return next<WriteAt>("pwrite64")(descriptor, bytes, count, at);
}

int ftruncate64(int descriptor, off64_t size) noexcept {
    return strikes("truncate", descriptor) ? -1 : next<Truncate>("ftruncate64")(descriptor, size);
}

int fsync(int descriptor) {
    trace("sync", descriptor);
    return strikes("sync", descriptor) ? -1 : next<Sync>("fsync")(descriptor);
}

int fdatasync(int descriptor) {
    trace("sync", descriptor);
    return strikes("sync", descriptor) ? -1 : next<Sync>("fdatasync")(descriptor);
}

int rename(const char* from, const char* to) noexcept {
    if (plan().traces && counts(to)) {
        write_line("rename", to);
    }
    return next<Rename>("rename")(from, to);
}
}
