#pragma once
// The keys of a data folder's texts, as files:
//
//   master.key   one line: "countersign-master-key-1 <base64 of 32 bytes>"; made at the first start, mode 0600
//   keys.db      subjects' keys wrapped under it (core/keys/subject_key_file.h), mode 0600
//
// Neither belongs into a backup of the store: docs/erasure.md. What is opened here may be used by any thread. Errors:
// failed_precondition when the store is sealed under keys that are not here.

#include <filesystem>
#include <memory>
#include <string_view>

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/ports/subject_keys.h"
#include "core/store/sqlite.h"

namespace countersign::native {

enum class MissingKeys : uint8_t { are_made, are_refused };

inline constexpr std::string_view kMasterFile = "master.key";
inline constexpr std::string_view kKeysFile = "keys.db";

// For the one who holds the folder's lock.
Result<std::shared_ptr<SubjectKeys>> open_subject_keys(const std::filesystem::path& folder, MissingKeys missing);
// Only to open texts, also while a server runs; nullptr when the folder has none.
Result<std::shared_ptr<SubjectKeys>> read_subject_keys(const std::filesystem::path& folder);

// At every start, before anything is answered: texts that an earlier version left in plain are sealed, and the store is
// brought in line with what was erased since it was backed up, or when the process was killed.
Status put_texts_in_order(store::Database& database, Instant now);

}  // namespace countersign::native
