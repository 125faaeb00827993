#pragma once
// A backup of a data folder, made while a server may run on it: a folder with the store as of one moment, the key that
// signs its logs, the newest checkpoints of that moment, and backup.json (native/operate/manifest.h).
//
// The keys of its texts are not in it: they are copied apart (native/operate/copy_keys.h).
//
// It counts only when it was verified: the copy is opened as a restore would open it, and everything that
// core/doctor/doctor.h knows is checked. Then it is flushed and gets its name; whatever stops before leaves nothing.

#include <filesystem>

#include "core/doctor/doctor.h"
#include "native/operate/manifest.h"

namespace countersign::native {

struct BackupMade {
    std::filesystem::path folder;
    Manifest manifest;
};

// `to`: the backup's name; a folder that is there gets it inside, named after the moment. Errors: not_found when there
// is no store, already_exists, corrupt when what was copied is damaged, unavailable when stopped.
Result<BackupMade> make_backup(const std::filesystem::path& data, const std::filesystem::path& to,
                               const doctor::GoOn& go_on);

}  // namespace countersign::native
