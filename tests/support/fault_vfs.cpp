// What SQLite calls of a FaultDisk: its VFS in C, each function one step to fault_disk.cpp or fault_handle.cpp.

#include <algorithm>
#include <cstring>
#include <memory>

#include <sqlite3.h>

#include "core/base/check.h"
#include "tests/support/fault_disk.h"
#include "tests/support/fault_handle.h"

namespace countersign::testing {

namespace {

// Julian day of 2026-09-21 in milliseconds, as SQLite counts.
constexpr sqlite3_int64 kToday_ms = 212'656'752'000'000;

// sqlite3_file with our part behind it, as SQLite allocates it (szOsFile).
struct OpenFile {
    sqlite3_file base;
    FaultHandle* handle;
};

FaultHandle& of(sqlite3_file* file) {
    return *reinterpret_cast<OpenFile*>(file)->handle;
}

int file_close(sqlite3_file* file) {
    delete reinterpret_cast<OpenFile*>(file)->handle;
    return SQLITE_OK;
}

int file_read(sqlite3_file* file, void* out, int count, sqlite3_int64 at) {
    return of(file).read(static_cast<char*>(out), static_cast<size_t>(count), static_cast<uint64_t>(at));
}

int file_write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    return of(file).write({static_cast<const char*>(bytes), static_cast<size_t>(count)}, static_cast<uint64_t>(at));
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
    return of(file).truncate(static_cast<uint64_t>(size));
}

int file_sync(sqlite3_file* file, int /*flags*/) {
    return of(file).sync();
}

int file_size(sqlite3_file* file, sqlite3_int64* out) {
    int64_t size = 0;
    const int code = of(file).size(size);
    *out = size;
    return code;
}

int file_lock(sqlite3_file* file, int level) {
    return of(file).lock(level);
}

int file_unlock(sqlite3_file* file, int level) {
    return of(file).unlock(level);
}

int file_check_reserved(sqlite3_file* file, int* out) {
    *out = of(file).somebody_writes() ? 1 : 0;
    return SQLITE_OK;
}

int file_control(sqlite3_file* /*file*/, int /*operation*/, void* /*argument*/) {
    return SQLITE_NOTFOUND;
}

int file_sector_size(sqlite3_file* /*file*/) {
    return 4096;
}

int file_characteristics(sqlite3_file* /*file*/) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int file_map(sqlite3_file* file, int region, int region_bytes, int extend, void volatile** out) {
    return of(file).map(region, region_bytes, extend != 0, out);
}

int file_lock_memory(sqlite3_file* file, int from, int count, int flags) {
    return of(file).lock_memory(from, count, flags);
}

void file_barrier(sqlite3_file* /*file*/) {}

int file_unmap(sqlite3_file* file, int /*remove*/) {
    of(file).unmap();
    return SQLITE_OK;
}

// Version 2: with shared memory, without memory mapping.
constexpr sqlite3_io_methods make_io_methods() {
    sqlite3_io_methods methods{};
    methods.iVersion = 2;
    methods.xClose = file_close;
    methods.xRead = file_read;
    methods.xWrite = file_write;
    methods.xTruncate = file_truncate;
    methods.xSync = file_sync;
    methods.xFileSize = file_size;
    methods.xLock = file_lock;
    methods.xUnlock = file_unlock;
    methods.xCheckReservedLock = file_check_reserved;
    methods.xFileControl = file_control;
    methods.xSectorSize = file_sector_size;
    methods.xDeviceCharacteristics = file_characteristics;
    methods.xShmMap = file_map;
    methods.xShmLock = file_lock_memory;
    methods.xShmBarrier = file_barrier;
    methods.xShmUnmap = file_unmap;
    return methods;
}

constexpr sqlite3_io_methods kIoMethods = make_io_methods();

}  // namespace

struct FaultVfs {
    static FaultDisk& disk(sqlite3_vfs* vfs) { return *static_cast<FaultDisk*>(vfs->pAppData); }

    static int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out) {
        auto* opened = reinterpret_cast<OpenFile*>(file);
        *opened = {};  // without methods: SQLite does not close what was never open
        std::unique_ptr<FaultHandle> handle;
        const int code = disk(vfs).open(name, flags, handle);
        if (code == SQLITE_OK) {
            opened->base.pMethods = &kIoMethods;
            opened->handle = handle.release();
            if (flags_out != nullptr) {
                *flags_out = flags;
            }
        }
        return code;
    }

    static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
        return disk(vfs).remove(name, sync_folder != 0);
    }

    static int access(sqlite3_vfs* vfs, const char* name, int /*flags*/, int* out) {
        bool there = false;
        const int code = disk(vfs).access(name, there);
        *out = there ? 1 : 0;
        return code;
    }

    static int full_pathname(sqlite3_vfs* /*vfs*/, const char* name, int capacity, char* out) {
        const size_t size = std::strlen(name);
        if (size >= static_cast<size_t>(capacity)) {
            return SQLITE_CANTOPEN;
        }
        std::memcpy(out, name, size + 1);
        return SQLITE_OK;
    }

    static int randomness(sqlite3_vfs* /*vfs*/, int count, char* out) {
        Chance chance(7);
        std::generate(out, out + count, [&] { return static_cast<char>(chance.next()); });
        return count;
    }

    static int sleep(sqlite3_vfs* vfs, int microseconds) {
        disk(vfs).slept_us_ += static_cast<uint64_t>(microseconds);
        return microseconds;
    }

    static int current_time_ms(sqlite3_vfs* vfs, sqlite3_int64* out) {
        *out = kToday_ms + static_cast<sqlite3_int64>(disk(vfs).slept_us_ / 1000);
        return SQLITE_OK;
    }

    static int current_time(sqlite3_vfs* vfs, double* out) {
        sqlite3_int64 ms = 0;
        current_time_ms(vfs, &ms);
        *out = static_cast<double>(ms) / 86'400'000.0;
        return SQLITE_OK;
    }

    static int last_error(sqlite3_vfs* vfs, int /*capacity*/, char* /*out*/) { return disk(vfs).errno_; }
};

FaultDisk::FaultDisk(std::string name, bool is_default)
    : vfs_name_(std::move(name)), vfs_(std::make_unique<sqlite3_vfs>()) {
    vfs_->iVersion = 2;
    vfs_->szOsFile = sizeof(OpenFile);
    vfs_->mxPathname = 128;
    vfs_->zName = vfs_name_.c_str();
    vfs_->pAppData = this;
    vfs_->xOpen = FaultVfs::open;
    vfs_->xDelete = FaultVfs::remove;
    vfs_->xAccess = FaultVfs::access;
    vfs_->xFullPathname = FaultVfs::full_pathname;
    vfs_->xRandomness = FaultVfs::randomness;
    vfs_->xSleep = FaultVfs::sleep;
    vfs_->xCurrentTime = FaultVfs::current_time;
    vfs_->xGetLastError = FaultVfs::last_error;
    vfs_->xCurrentTimeInt64 = FaultVfs::current_time_ms;
    CS_CHECK(sqlite3_vfs_register(vfs_.get(), is_default ? 1 : 0) == SQLITE_OK);
}

FaultDisk::~FaultDisk() {
    sqlite3_vfs_unregister(vfs_.get());
}

}  // namespace countersign::testing
