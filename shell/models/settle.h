#pragma once
// What a lead looks at: operations that wait to be admitted or rejected, and what happened besides.

#include <cstdint>
#include <string>
#include <vector>

#include "shell/models/common.h"

namespace countersign::shell {

enum class SettleTab : uint8_t { waiting, incidents };

struct WaitingOperation {
    std::string id;  // tells it from the others
    std::string who;
    std::string when;
    std::string item;               // empty: it names none that is known
    std::string what;               // "Accepted: Pothole"
    std::string why;                // why it waits, a sentence
    std::vector<std::string> says;  // answers, reasons and rationale, a line each
    bool can_admit = true;
    std::string hindrance;  // why it cannot be settled by this person at all, a sentence
};

class WaitingRows {
public:
    virtual ~WaitingRows() = default;
    virtual int64_t count() const = 0;
    virtual const WaitingOperation* row(int64_t index) = 0;
};

struct IncidentModel {
    std::string when;
    std::string title;  // a few words
    std::string words;  // a sentence or two
    std::vector<std::string> items;
    bool grave = false;
};

struct SettleModel {
    std::string project;
    LoadModel load;
    bool working = false;         // a question or an answer is under way
    std::string when;             // when the lists were fetched
    std::string refresh_problem;  // why they could not be fetched anew, a sentence
    SettleTab tab = SettleTab::waiting;
    WaitingRows* waiting = nullptr;
    std::vector<IncidentModel> incidents;
    int64_t selected = -1;  // row of the tab
    std::string reason;     // as typed
    bool reason_missing = false;
    std::string problem;  // why the last admission or rejection failed, a sentence
};

}  // namespace countersign::shell
