#include "web/store/device_vfs.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <sqlite3.h>

#include "core/base/check.h"
#include "web/platform/imports.h"

namespace countersign::web {

namespace {

constexpr std::array<std::string_view, 3> kNames = {"countersign.db", "countersign.db-journal", "countersign.db-wal"};
constexpr int kSectorBytes = 4096;
// What cs_js_file_write answers when the browser's quota is used up; other refusals are below it.
constexpr int kOutOfSpace = -1;
// Julian day of 1970-01-01T00:00:00Z in milliseconds, which is how SQLite counts.
constexpr sqlite3_int64 kUnixEpochJulian_ms = 210866760000000;

// sqlite3_file with our part behind it, as SQLite allocates it (szOsFile).
struct DeviceFile {
    sqlite3_file base;
    int slot;
};

int slot_of(sqlite3_file* file) {
    DeviceFile device{};
    std::memcpy(&device, file, sizeof device);
    return device.slot;
}

int slot_named(const char* name) {
    if (name == nullptr) {
        return -1;
    }
    const auto found = std::find(kNames.begin(), kNames.end(), std::string_view(name));
    return found == kNames.end() ? -1 : static_cast<int>(found - kNames.begin());
}

int file_close(sqlite3_file* /*file*/) {
    return SQLITE_OK;  // the handles belong to the worker
}

int file_read(sqlite3_file* file, void* out, int count, sqlite3_int64 at) {
    auto* bytes = static_cast<uint8_t*>(out);
    const int got = cs_js_file_read(slot_of(file), bytes, count, static_cast<double>(at));
    if (got < 0) {
        return SQLITE_IOERR_READ;
    }
    if (got == count) {
        return SQLITE_OK;
    }
    // SQLite wants the rest zeroed: it reads the header of an empty file this way.
    std::memset(bytes + got, 0, static_cast<size_t>(count - got));
    return SQLITE_IOERR_SHORT_READ;
}

int file_write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    const int done =
        cs_js_file_write(slot_of(file), static_cast<const uint8_t*>(bytes), count, static_cast<double>(at));
    if (done == count) {
        return SQLITE_OK;
    }
    // Writing less than asked is how a full quota looks where it does not throw.
    return done == kOutOfSpace || done >= 0 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
    return cs_js_file_truncate(slot_of(file), static_cast<double>(size)) < 0 ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

int file_sync(sqlite3_file* file, int /*flags*/) {
    return cs_js_file_flush(slot_of(file)) < 0 ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    const double bytes = cs_js_file_size(slot_of(file));
    *size = static_cast<sqlite3_int64>(bytes);
    return bytes < 0 ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

int file_lock(sqlite3_file* /*file*/, int /*level*/) {
    return SQLITE_OK;
}

int file_check_reserved(sqlite3_file* /*file*/, int* reserved) {
    *reserved = 0;
    return SQLITE_OK;
}

int file_control(sqlite3_file* /*file*/, int /*operation*/, void* /*argument*/) {
    return SQLITE_NOTFOUND;
}

int file_sector_size(sqlite3_file* /*file*/) {
    return kSectorBytes;
}

int file_characteristics(sqlite3_file* /*file*/) {
    // Writing some bytes does not endanger their neighbours when the power fails: what SQLite also takes for granted of
    // the operating systems' files that these are.
    return SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

// Version 1: no shared memory, no memory mapping.
constexpr sqlite3_io_methods make_io_methods() {
    sqlite3_io_methods methods{};
    methods.iVersion = 1;
    methods.xClose = file_close;
    methods.xRead = file_read;
    methods.xWrite = file_write;
    methods.xTruncate = file_truncate;
    methods.xSync = file_sync;
    methods.xFileSize = file_size;
    methods.xLock = file_lock;
    methods.xUnlock = file_lock;
    methods.xCheckReservedLock = file_check_reserved;
    methods.xFileControl = file_control;
    methods.xSectorSize = file_sector_size;
    methods.xDeviceCharacteristics = file_characteristics;
    return methods;
}

constexpr sqlite3_io_methods kIoMethods = make_io_methods();

int vfs_open(sqlite3_vfs* /*vfs*/, sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out) {
    DeviceFile device{};
    device.slot = slot_named(name);
    const bool ours = device.slot >= 0;
    // pMethods stays null when opening fails, so that SQLite does not close what was never open.
    device.base.pMethods = ours ? &kIoMethods : nullptr;
    std::memcpy(file, &device, sizeof device);
    if (!ours) {
        return SQLITE_CANTOPEN;
    }
    if (flags_out != nullptr) {
        *flags_out = flags;
    }
    return SQLITE_OK;
}

// A file that cannot be deleted while its handle is open is emptied instead; an empty file counts as none.
int vfs_delete(sqlite3_vfs* /*vfs*/, const char* name, int /*sync_directory*/) {
    const int slot = slot_named(name);
    if (slot < 0) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    const bool done = cs_js_file_truncate(slot, 0) >= 0 && cs_js_file_flush(slot) >= 0;
    return done ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int vfs_access(sqlite3_vfs* /*vfs*/, const char* name, int /*flags*/, int* there) {
    const int slot = slot_named(name);
    *there = slot >= 0 && cs_js_file_size(slot) > 0 ? 1 : 0;
    return SQLITE_OK;
}

int vfs_full_pathname(sqlite3_vfs* /*vfs*/, const char* name, int capacity, char* out) {
    const std::string_view text(name);
    if (text.size() >= static_cast<size_t>(capacity)) {
        return SQLITE_CANTOPEN;
    }
    std::memcpy(out, text.data(), text.size());
    out[text.size()] = '\0';
    return SQLITE_OK;
}

int vfs_randomness(sqlite3_vfs* /*vfs*/, int count, char* out) {
    std::array<uint8_t, 256> bytes{};
    const int given = std::min(count, static_cast<int>(bytes.size()));
    cs_js_random(bytes.data(), static_cast<size_t>(given));
    std::memcpy(out, bytes.data(), static_cast<size_t>(given));
    return given;
}

int vfs_sleep(sqlite3_vfs* /*vfs*/, int microseconds) {
    return microseconds;  // there is nobody to wait for
}

int vfs_current_time_ms(sqlite3_vfs* /*vfs*/, sqlite3_int64* out) {
    *out = kUnixEpochJulian_ms + static_cast<sqlite3_int64>(cs_js_now_ms());
    return SQLITE_OK;
}

int vfs_current_time(sqlite3_vfs* vfs, double* out) {
    sqlite3_int64 ms = 0;
    vfs_current_time_ms(vfs, &ms);
    *out = static_cast<double>(ms) / 86400000.0;
    return SQLITE_OK;
}

int vfs_last_error(sqlite3_vfs* /*vfs*/, int /*capacity*/, char* /*out*/) {
    return 0;
}

sqlite3_vfs make_vfs() {
    sqlite3_vfs vfs{};
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(DeviceFile);
    vfs.mxPathname = 64;
    vfs.zName = "countersign-device";
    vfs.xOpen = vfs_open;
    vfs.xDelete = vfs_delete;
    vfs.xAccess = vfs_access;
    vfs.xFullPathname = vfs_full_pathname;
    vfs.xRandomness = vfs_randomness;
    vfs.xSleep = vfs_sleep;
    vfs.xCurrentTime = vfs_current_time;
    vfs.xGetLastError = vfs_last_error;
    vfs.xCurrentTimeInt64 = vfs_current_time_ms;
    return vfs;
}

}  // namespace

void register_device_vfs() {
    // SQLite keeps the pointer and links its list through it.
    static sqlite3_vfs vfs = make_vfs();
    CS_CHECK(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
}

store::OpenOptions device_store() {
    store::OpenOptions options;
    options.path = kNames[0];
    options.exclusive = true;
    // A tab shares a small machine with many others; the working set of a device fits.
    options.cache_kib = 8 * 1024;
    return options;
}

}  // namespace countersign::web
