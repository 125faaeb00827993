#pragma once
// What is on this device, what is saved, what was refused, in words; and the outbox as a file.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shell/models/desk.h"
#include "shell/models/intents.h"
#include "shell/models/sync.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class SyncScreen {
public:
    explicit SyncScreen(const Workplace& work) : work_(work) {}

    // The outcome for the status line, when the intent was this screen's.
    std::optional<std::string> handle(const Intent& intent);
    void fill(SyncModel& model);
    // The same facts for the frame around every screen.
    void fill_navigation(NavigationModel& model) const;

    void refresh() { stale_ = true; }

private:
    void load();
    std::string export_outbox();

    const Workplace& work_;
    std::vector<RefusedOperation> refused_;
    std::set<std::string> dismissed_;
    int64_t items_ = 0;
    bool stale_ = true;
};

}  // namespace countersign::shell
