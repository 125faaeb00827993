#pragma once
// What a backup says about itself: backup.json in its folder.
//
//   {"backup":1,"made":"2026-11-27T22:13:41Z","version":"0.1.0","schema":2,"server":"<16 hex>","incarnation":"1-<16
//   hex>",
//    "store":{"bytes":12345,"sha256":"<hex>"},"projects":[{"project":"city","size":1234,"root":"<hex>"}]}
//
// `size` and `root` are of the project's log in the backup. Errors: invalid_argument with the field, naming the file.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/store/sqlite.h"

namespace countersign::native {

inline constexpr std::string_view kManifestFile = "backup.json";

struct BackedUpLog {
    ProjectId project;
    uint64_t size = 0;
    Digest root;
};

struct Manifest {
    Instant made;
    std::string version;
    int64_t schema = 0;
    std::string server;
    std::string incarnation;
    uint64_t store_bytes = 0;
    Digest store_sha256;
    std::vector<BackedUpLog> projects;
};

// Of the file in the folder, and of what is in it.
Result<Manifest> describe_backup(const std::filesystem::path& store_file, store::Database& database, Instant now);
Status write_manifest(const std::filesystem::path& folder, const Manifest& manifest);
Result<Manifest> read_manifest(const std::filesystem::path& folder);
// Whether the file is the one that the manifest was made for; corrupt otherwise.
Status check_manifest(const std::filesystem::path& folder, const Manifest& manifest);

}  // namespace countersign::native
