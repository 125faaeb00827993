#pragma once
// The checks of core/doctor over a data folder. A server may run on it: what is checked is a copy, made in the folder
// and taken away again. Only a rebuild works on the store itself; it takes the folder's lock and keeps a copy beside
// the store.
//
// Errors: not_found when there is no store, unavailable when stopped or, for a rebuild, when a server runs.

#include <filesystem>

#include "core/doctor/doctor.h"

namespace countersign::native {

struct FolderToExamine {
    std::filesystem::path data;
    std::filesystem::path keys = {};  // where those of its texts are; empty: in the folder
};

Result<doctor::Diagnosis> examine_folder(const FolderToExamine& folder, const doctor::GoOn& go_on);

struct RebuiltFolder {
    doctor::Diagnosis before;  // what was found and made right
    std::filesystem::path copy;
};

// Writes what the log says where the store says something else. Nothing is written when more than that is wrong.
Result<RebuiltFolder> rebuild_folder(const FolderToExamine& folder, const doctor::GoOn& go_on);

}  // namespace countersign::native
