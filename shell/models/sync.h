#pragma once
// How far one's decisions have come, what one has to be told about them, and what waits for a lead: in words.

#include <cstdint>
#include <string>
#include <vector>

#include "shell/models/common.h"

namespace countersign::shell {

// How many of one's decisions have come so far and no further.
struct LevelCounts {
    int64_t on_device = 0;
    int64_t saved = 0;
    int64_t sealed = 0;
    int64_t stable = 0;
};

// An item by its name; `project` is set when it is another than the one that is open.
struct ItemLink {
    std::string item;
    std::string project = {};
};

// Something about one's own work that must not be missed; core/store/notices.h.
struct NoticeModel {
    int64_t no = 0;
    std::string title;  // what happened, a few words
    std::string words;  // what it means and what to do, sentences
    std::string when;
    std::string project;  // its name, when it is not the one that is open
    bool alarm = false;   // work or the log's truth is in question
    std::vector<ItemLink> items;
};

// A decision of one's own that a lead has to look at.
struct WaitingDecision {
    std::string operation;  // id
    std::string item;
    std::string what;  // "Accepted: Pothole"
    std::string why;   // a sentence
    std::string when;
};

// What became of one part of a file of decisions.
struct ImportedPart {
    enum class Outcome : uint8_t { taken, waits, refused };
    Outcome outcome = Outcome::taken;
    std::string words;  // a sentence
};

struct ImportModel {
    std::string file;     // its name; empty: none was chosen yet
    std::string problem;  // why nothing of it could be sent, a sentence
    bool working = false;
    std::vector<ImportedPart> parts;
};

struct SyncModel {
    bool online = true;
    bool working = false;  // sending or fetching now
    LevelCounts decisions;
    int64_t items_on_device = 0;
    std::string last_contact;  // "12:04, 2 minutes ago"; empty: never
    std::string server;
    std::string storage_words;       // "This browser's storage; kept when the tab is closed"
    std::string storage_kept_words;  // what the browser answered when it was asked to keep it
    bool storage_may_be_lost = false;
    std::string problem;  // why the last contact failed, a sentence
    std::vector<NoticeModel> notices;
    std::vector<WaitingDecision> waiting;
    ImportModel import;
};

}  // namespace countersign::shell
