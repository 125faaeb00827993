#pragma once
// The queue: one list over the store, filtered and sorted, of any length. Holds a ListIndex and the rows on the screen.
// What was given back to the person stands first, before whatever the list is sorted by, and once.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/store/list_index.h"
#include "shell/models/intents.h"
#include "shell/models/queue.h"
#include "shell/session/take_along.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class QueueScreen : private QueueRows {
public:
    explicit QueueScreen(const Workplace& work);

    // What happened, for the status line, when the intent was the queue's.
    std::optional<std::string> handle(const Intent& intent);
    void fill(QueueModel& model);

    // Builds a little more of the list; true while there is more to do.
    bool work_a_little();
    void changed(const sync::RowChange& change);

    // The item's id at a position, or empty.
    std::string item_at(int64_t position);

    int64_t selected() const { return selected_; }

    void select(int64_t position);

    int64_t size() const { return count(); }

    // Items that wait, by kind of tier.
    const QueueCounts& counts() const { return counts_; }

private:
    // An item that was given back, and its place in the sorted list; -1: it is not in there.
    struct Pinned {
        store::ItemRow row;
        int64_t position = -1;
    };

    int64_t count() const override;

    const QueueRow* row(int64_t index) override;

    bool filter_by(const Intent& intent);
    void rebuild();
    void pin();
    // The row at a position of the list as it is shown; nullptr beyond its end.
    const store::ItemRow* at(int64_t position);
    void count_again();
    void adjust_counts(const std::optional<store::ItemRow>& row, int64_t by);
    QueueRow describe(const store::ItemRow& row) const;
    void describe_mark(const store::ItemRow& row, QueueRow& out) const;
    std::string held_by(const store::ItemRow& row) const;

    const Workplace& work_;
    std::unique_ptr<store::ListIndex> index_;
    std::vector<Pinned> pinned_;
    bool pins_stale_ = true;
    TakeAlong take_along_;
    QueueCounts counts_;
    int64_t selected_ = 0;
    TierFilter tier_ = TierFilter::all;
    StandingFilter standing_ = StandingFilter::open;
    int label_ = -1;
    std::string search_;
    QueueColumn sorted_by_ = QueueColumn::due;
    bool descending_ = false;
    std::string problem_;
    // Rows as they were last described, by position: a frame asks for the same fifty again and again.
    std::map<int64_t, QueueRow> shown_;
    Instant shown_at_;
};

}  // namespace countersign::shell
