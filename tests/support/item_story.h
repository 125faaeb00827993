#pragma once
// One item without a store: commands go through decide() and apply() as on a server, one a minute.

#include <map>
#include <string>

#include "core/policy/load.h"
#include "core/workflow/apply.h"
#include "core/workflow/decide.h"
#include "tests/support/server.h"

namespace countersign::testing {

class ItemStory {
public:
    // The item "msg-1", predicted as a pothole.
    explicit ItemStory(std::string_view confidence, std::string_view text = "A hole in the road",
                       const std::string& policy = sample_policy());

    Status act(std::string_view actor, const CommandBody& command);
    // Of what the person looked at last; of what is there now when they did not look before.
    Status review(std::string_view actor, ReviewDraft draft, std::optional<OperationId> supersedes = {},
                  bool quarantined = false);
    Status lease(std::string_view actor, Duration time);
    // From here on the person's decisions are about what is there now.
    void look(std::string_view actor);
    // Another prediction of this item, by another version of the model.
    Status predict(std::string_view model, std::string_view label, std::string_view confidence);
    void change_policy(const std::string& policy);
    // As a server records that whom the item is about was erased.
    void erase();

    void wait(Duration time) { now_ = now_ + time; }

    OperationId last_operation() const { return OperationId("op-" + std::to_string(number_)); }

    const Review* find(const OperationId& id) const;

    ItemState state;

private:
    Status quarantine(std::string_view actor, const SubmitReview& submit);

    struct Seen {
        Digest prediction;
        Policy policy;
        std::optional<LeaseRef> lease;
    };

    Seen seen_now(std::string_view actor) const;

    Policy policy_;
    std::map<std::string, Seen, std::less<>> seen_;
    Instant now_{1'790'000'000'000'000};
    int number_ = 0;
    EventSeq seq_ = 0;
};

}  // namespace countersign::testing
