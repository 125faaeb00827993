#pragma once
// Quick check: the most urgent item that needs one check, one key, and the next. The card after the current one is made
// before it is needed, so that it can be shown in the frame in which the key is pressed.

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/store/list_index.h"
#include "shell/models/intents.h"
#include "shell/models/quick.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

class QuickScreen {
public:
    explicit QuickScreen(const Workplace& work);

    // Becomes the decision's outcome for the status line: "Accepted MSG-0001".
    std::optional<std::string> handle(const Intent& intent);
    void fill(QuickModel& model);

    bool work_a_little();
    void changed(const sync::RowChange& change);
    // Decisions that were saved or refused since.
    void standings_changed();
    bool can_undo() const;

    int64_t waiting() const { return index_->size(); }

private:
    struct Decided {
        ItemId item;
        OperationId review;
        Verdict verdict = Verdict::accept;
        std::string label;
        Standing standing = Standing::on_device;
        bool undone = false;
    };

    std::optional<std::string> decide(const intent::Decide& intent);
    std::optional<std::string> undo();
    void refill();
    std::optional<QuickCard> next_card(const std::string& after);
    QuickCard card_of(const ItemId& id, std::string& problem) const;

    const Workplace& work_;
    std::unique_ptr<store::ListIndex> index_;
    std::set<std::string> passed_;  // skipped by this person since the start; they stay in the queue for others
    std::optional<QuickCard> current_;
    std::optional<QuickCard> next_;
    std::deque<Decided> recent_;  // newest first
    int64_t done_ = 0;
    int64_t shown_since_us_ = 0;
    std::string notice_;
    std::string problem_;
};

}  // namespace countersign::shell
