#pragma once
// The screens of a signed-in person in a project, and which of them is shown. Made anew when the person or the project
// changes; nothing of one project is in another's.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shell/models/desk.h"
#include "shell/models/intents.h"
#include "shell/session/done_screen.h"
#include "shell/session/full_screen.h"
#include "shell/session/location.h"
#include "shell/session/queue_screen.h"
#include "shell/session/quick_screen.h"
#include "shell/session/settle_screen.h"
#include "shell/session/sync_screen.h"
#include "shell/session/tiers_screen.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class Screens {
public:
    explicit Screens(Workplace work);

    // True when the intent was a screen's; the status line may have changed by it.
    bool handle(const Intent& intent);
    void fill(DeskModel& model);

    void show(const Location& location);

    const Location& location() const { return location_; }

    const std::string& status() const { return status_; }

    // Rows that changed in the store since.
    void changed(const std::vector<sync::RowChange>& changes);
    // Operations were added, saved or refused.
    void operations_changed();
    // A little of what is still to be built; true while there is more.
    bool work_a_little();
    std::optional<Duration> keep_drafts(Duration now);
    // The items that are being decided now: leases are for these.
    std::vector<ItemId> working_on() const;
    void file_opened(const FileOpened& file);

    const Workplace& work() const { return work_; }

private:
    bool navigate(const Intent& intent);
    bool decide(const Intent& intent);
    void open_item(const ItemId& item, std::optional<OperationId> supersedes);
    void open_position(int64_t position);
    void after_submit();
    void go(Location::Screen screen);
    bool hand_to_screen(const Intent& intent);
    bool take(std::optional<std::string> status);

    Workplace work_;
    QueueScreen queue_;
    QuickScreen quick_;
    DoneScreen done_;
    SyncScreen sync_;
    SettleScreen settle_;
    TiersScreen tiers_;
    std::unique_ptr<FullScreen> full_;
    Location location_;
    std::string status_;
};

}  // namespace countersign::shell
