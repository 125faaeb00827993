#pragma once
// The checks of core/doctor over a store's file that nobody else has open: a copy, or one that is locked.

#include <filesystem>

#include "core/doctor/doctor.h"

namespace countersign::native {

struct StoreToCheck {
    std::filesystem::path file;
    std::filesystem::path folder;  // where log.key and last-checkpoints are
    std::filesystem::path keys;    // where those of its texts are
    doctor::Rebuilt rebuilt = doctor::Rebuilt::dropped;
};

Result<doctor::Diagnosis> check_store(const StoreToCheck& store, const doctor::GoOn& go_on);

// Whether its texts can be read with keys only.
Result<bool> is_sealed(const std::filesystem::path& store_file);

// The store as of one moment, while a server may go on with it, in a new file: closed, without a WAL.
Status copy_store_file(const std::filesystem::path& from, const std::filesystem::path& to, const doctor::GoOn& go_on);

// The first finding as an error; nothing when all is good.
Status error_of(const doctor::Diagnosis& diagnosis, std::string_view what);

}  // namespace countersign::native
