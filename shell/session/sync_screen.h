#pragma once
// How far one's decisions have come, what one has to be told about them, what waits for a lead, in words; and the
// outbox as a file, out and in.

#include <optional>
#include <string>
#include <vector>

#include "shell/models/desk.h"
#include "shell/models/intents.h"
#include "shell/models/sync.h"
#include "shell/session/outbox_import.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class SyncScreen {
public:
    explicit SyncScreen(const Workplace& work) : work_(work), import_(work) {}

    // The outcome for the status line, when the intent was this screen's.
    std::optional<std::string> handle(const Intent& intent);

    // Likewise, of a file that was chosen.
    std::string file_opened(const FileOpened& file) { return import_.begin(file); }

    void fill(SyncModel& model);
    // The same facts for the frame around every screen.
    void fill_navigation(NavigationModel& model);

    void refresh() { stale_ = notices_stale_ = true; }

private:
    void load_notices();
    void load();
    void load_waiting();
    std::string export_outbox();
    std::string dismiss(int64_t no);

    const Workplace& work_;
    std::vector<NoticeModel> notices_;
    std::vector<WaitingDecision> waiting_;
    OutboxImport import_;
    int64_t items_ = 0;
    bool notices_stale_ = true;
    bool stale_ = true;  // the rest, which only this screen shows
};

}  // namespace countersign::shell
