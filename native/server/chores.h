#pragma once
// What the writer does besides the jobs that are posted to it: judging what was recorded, sealing the log, and emptying
// the store's own log after an erasure. In steps, when nothing has come for a moment: who sends more of the same is
// not kept waiting. In between when what was recorded has waited too long.
//
// Contract: on the writer's thread, outside of transactions.

#include <optional>
#include <utility>
#include <vector>

#include "core/api/judge.h"
#include "core/api/tier_work.h"
#include "core/api/workspace.h"
#include "native/server/log_keeper.h"

namespace countersign::native {

class Chores {
public:
    explicit Chores(LogKeeper keeper) : keeper_(std::move(keeper)) {}

    // One step of what is due. `idle`: no job waits. Errors: of the store; tried again later.
    Status work(api::Workspace& workspace, bool idle);
    // After a job, for who has no thread for it: judges all, seals when it is time.
    Status catch_up(api::Workspace& workspace);
    // Everything that is left, at the end: judged and sealed.
    Status finish(api::Workspace& workspace);
    // When work() is next needed though no job comes; nothing: only after a job.
    std::optional<Duration> next(Duration now) const;

    // Projects that got a checkpoint since this was asked.
    std::vector<ProjectId> take_sealed() { return std::exchange(sealed_, {}); }

    // Since when something may wait to be judged (monotonic); nothing: all is.
    std::optional<Duration> waiting_since() const { return waiting_since_; }

    // A job was written: there may be news.
    void written(Duration now) {
        news_ = true;
        tiers_news_ = placing_ = true;
        waiting_since_ = waiting_since_.value_or(now);
        last_job_ = now;
    }

    const crypto::PublicKey& log_key() const { return keeper_.public_key(); }

private:
    Status judge_some(api::Workspace& workspace, uint64_t most);
    Status judge_what_is_due(api::Workspace& workspace, bool idle, Duration now);
    Status seal_some(api::Workspace& workspace);
    Status tend_tiers(api::Workspace& workspace, uint64_t most);
    Status watch_audits(api::Workspace& workspace);

    LogKeeper keeper_;
    api::Judge judge_;
    std::vector<ProjectId> sealed_;
    bool tiers_news_ = true;  // since tiers were last tended
    bool placing_ = true;     // items may be left to be placed anew
    Duration next_watch_{0};
    bool news_ = true;  // since the last checkpoint
    std::optional<Duration> waiting_since_{Duration{0}};
    Duration last_job_{0};
    Duration next_seal_{0};
    Duration next_try_{0};
};

}  // namespace countersign::native
