#pragma once
// Quick check: the most urgent item that needs one check, one key, and the next. The card after the current one is made
// before it is needed, so that it can be shown in the frame in which the key is pressed.

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/store/list_index.h"
#include "shell/models/intents.h"
#include "shell/models/quick.h"
#include "shell/session/describe.h"
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

    // The screen is shown now: nobody has looked at a card yet, so what somebody else is at by now can wait.
    void opened();

    bool can_undo() const { return !recent_.empty(); }

    int64_t waiting() const { return index_->size(); }

    // What is on the screen and what comes next.
    std::vector<ItemId> working_on() const;

private:
    struct Decided {
        ItemId item;
        OperationId review;
        Verdict verdict = Verdict::accept;
        std::string label;
        FateModel fate;
        bool judged_anew = true;  // its item has changed since
    };

    std::optional<std::string> decide(const intent::Decide& intent);
    std::optional<std::string> undo();
    void refill();
    std::optional<QuickCard> next_card(const std::string& after);
    enum class Candidate : uint8_t { free, held_by_others, none };
    Candidate look_at(const ItemId& id, QuickCard& card);
    QuickCard card_of(const LoadedItem& item) const;
    bool is_given_back(const store::ItemRow& row) const;
    void card_is_gone(const store::ItemRow& row);
    bool passes_over(const std::string& item, const std::string& after) const;

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
