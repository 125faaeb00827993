#pragma once
// The keys of a data folder's texts, copied: apart from the store, and each time over the copy before, so that a key
// that was destroyed is nowhere for longer than from one copy to the next (docs/erasure.md).

#include <filesystem>

#include "core/base/result.h"

namespace countersign::native {

bool has_subject_keys(const std::filesystem::path& folder);

// Also while a server runs. `to` is made when it is not there, for its owner alone; a copy of the same keys is replaced
// as a whole. Errors: not_found when there are none, already_exists when other keys are there.
Status copy_subject_keys(const std::filesystem::path& from, const std::filesystem::path& to);
// Those of a folder that is served no more.
Status remove_subject_keys(const std::filesystem::path& folder);

}  // namespace countersign::native
