#pragma once
// The browser's side of web/platform/imports.h for native tests: notes what it is asked, and keeps the store's files in
// memory, each as what was written and what was synced. A test may stop it in the middle and look at what a power cut
// would leave.

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace countersign::web::test {

struct Write {
    double at = 0;
    std::string bytes;
    bool truncate = false;  // to `at`
};

struct FakeFile {
    std::string synced;
    std::string now;
    std::vector<Write> unsynced;
};

struct FakeBrowser {
    std::vector<std::string> asked;  // "title Queue", "cursor 2"
    std::vector<std::string> patches;
    std::vector<std::string> requests;  // records
    double now_ms = 0;

    std::array<FakeFile, 3> files;
    int64_t operations = 0;          // writes, truncations and syncs so far
    int64_t fails_from = INT64_MAX;  // the operation from which on everything is refused
    int64_t quota_bytes = INT64_MAX;
    int64_t syncs = 0;

    // The power is cut: of the writes since the last sync of each file, a random choice reached the disk, in any order.
    void cut_power(std::mt19937& chance);
};

// The one that the imports talk to; fresh after reset_browser().
FakeBrowser& browser();
void reset_browser();

}  // namespace countersign::web::test
