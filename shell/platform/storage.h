#pragma once
// Where a device's own store lives and how sure it is, as the platform found it at the start. For the sync status that
// says in words what is on this device (docs/web.md has the table).

#include <cstdint>

namespace countersign::shell {

enum class StorageKind : uint8_t {
    file,        // a file system: the desktop's, or a browser's origin-private one
    indexed_db,  // blocks in IndexedDB, the whole database in memory: browsers on plain http
    memory,      // nothing survives
};

struct StorageStanding {
    StorageKind kind = StorageKind::memory;
    // The browser promised not to evict it when space is short (navigator.storage.persist()). Always true on a desktop.
    bool kept_under_pressure = false;

    bool operator==(const StorageStanding&) const = default;
};

}  // namespace countersign::shell
