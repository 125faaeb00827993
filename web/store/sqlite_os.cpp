// SQLITE_OS_OTHER: SQLite has no operating system of its own here and asks for one when it initialises.

#include <sqlite3.h>

#include "web/store/device_vfs.h"

extern "C" int sqlite3_os_init() {
    countersign::web::register_device_vfs();
    return SQLITE_OK;
}

extern "C" int sqlite3_os_end() {
    return SQLITE_OK;
}
