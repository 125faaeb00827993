#pragma once
// What this person decided on this device, newest first.

#include <optional>
#include <string>
#include <vector>

#include "shell/models/done.h"
#include "shell/models/intents.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class DoneScreen : private DoneRows {
public:
    explicit DoneScreen(const Workplace& work) : work_(work) {}

    struct Outcome {
        bool mine = false;
        std::string status;
        std::optional<ItemId> amend;  // open this item to replace the review
        std::optional<OperationId> supersedes;
    };

    Outcome handle(const Intent& intent);
    void fill(DoneModel& model);
    // Decisions were made, saved or refused since.
    void refresh();
    bool can_undo() const;

private:
    int64_t count() const override { return static_cast<int64_t>(rows_.size()); }

    const DoneRow* row(int64_t index) override;

    void load();
    Outcome undo(const std::string& review);

    const Workplace& work_;
    std::vector<DoneRow> rows_;
    std::string problem_;
    int64_t selected_ = 0;
    std::string search_;
    bool stale_ = true;
};

}  // namespace countersign::shell
