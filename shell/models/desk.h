#pragma once
// The whole desk: who, where, the screen, and what lies over it.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "shell/models/done.h"
#include "shell/models/full.h"
#include "shell/models/queue.h"
#include "shell/models/quick.h"
#include "shell/models/settle.h"
#include "shell/models/sign_in.h"
#include "shell/models/sync.h"
#include "shell/models/tiers.h"

namespace countersign::shell {

enum class Place : uint8_t { queue, quick, done, sync, settle, tiers };

struct ProjectChoice {
    std::string id;
    std::string name;
};

// The frame around a screen once somebody is signed in.
struct NavigationModel {
    std::string person;
    bool is_demo = false;
    std::vector<ProjectChoice> projects;
    int project = 0;
    int64_t waiting_in_queue = 0;
    int64_t waiting_for_quick = 0;
    bool online = true;
    bool syncing = false;
    int64_t on_device_only = 0;
    int64_t notices = 0;        // unread
    bool can_settle = false;    // a lead
    std::string sync_words;     // "All saved", "14 on this device"
    std::string sync_detail;    // how many have come how far, a sentence
    std::string notice_words;   // the newest and gravest notice in a line; empty: none is unread
    bool alarm = false;         // it is about lost work, or about the log's truth
    std::string offline_words;  // the banner, a sentence; empty: none
    bool signed_out = false;    // by the server: the banner leads to the sign-in
    std::string status;         // the line at the bottom: what just happened
};

struct ToastModel {
    std::string words;
    bool can_undo = false;
};

// A screen that waits for the store or the first contact.
struct StartingModel {
    std::string words;  // "Opening this device's store"
    int64_t done = 0;
    int64_t total = 0;    // 0: unknown
    std::string problem;  // a sentence when it cannot go on
};

struct DeskModel {
    NavigationModel navigation;
    std::variant<StartingModel, SignInModel, QueueModel, QuickModel, FullModel, DoneModel, SyncModel, SettleModel,
                 TiersModel>
        screen;
    ToastModel toast;
    bool show_keys = false;
};

}  // namespace countersign::shell
