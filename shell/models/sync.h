#pragma once
// What is on this device, what is saved, what was refused: in words.

#include <cstdint>
#include <string>
#include <vector>

#include "shell/models/common.h"

namespace countersign::shell {

struct RefusedOperation {
    std::string operation;  // id
    std::string what;       // "Accept MSG-000118"
    std::string why;        // a sentence
    std::string when;
};

struct SyncModel {
    bool online = true;
    bool working = false;  // sending or fetching now
    int64_t waiting = 0;   // decisions on this device only
    int64_t saved = 0;     // on the server, by this device
    int64_t items_on_device = 0;
    std::string last_contact;  // "12:04, 2 minutes ago"; empty: never
    std::string server;
    std::string storage_words;  // "3.1 MB of this browser's storage; kept when the tab is closed"
    bool storage_may_be_lost = false;
    std::string problem;  // why the last contact failed, a sentence
    std::vector<RefusedOperation> refused;
};

}  // namespace countersign::shell
