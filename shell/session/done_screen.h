#pragma once
// What this person decided on this device, newest first. A row is described when it is looked at; a search looks at all
// of them, a few at a time.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/store/operations.h"
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
        std::optional<ItemId> open;             // this item is to be opened
        std::optional<OperationId> supersedes;  // to replace this review
    };

    Outcome handle(const Intent& intent);
    void fill(DoneModel& model);

    // Decisions were made, saved or judged since.
    void refresh() { stale_ = true; }

    // A little of a search; true while there is more.
    bool work_a_little();

private:
    int64_t count() const override { return static_cast<int64_t>(search_.empty() ? decisions_.size() : found_.size()); }

    const DoneRow* row(int64_t index) override;

    void load();
    void search_anew();
    DoneRow describe(const store::OperationRow& decision) const;
    Outcome undo(const DoneRow& row);
    Outcome open(int64_t index);

    const Workplace& work_;
    std::vector<store::OperationRow> decisions_;
    std::vector<size_t> found_;  // of decisions_, what the search has found so far
    size_t searched_ = 0;        // of decisions_
    std::map<size_t, DoneRow> described_;
    Instant described_at_;
    std::string problem_;
    int64_t selected_ = 0;
    std::string search_;
    bool stale_ = true;
};

}  // namespace countersign::shell
