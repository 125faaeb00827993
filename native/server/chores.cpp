#include "native/server/chores.h"

#include <algorithm>

#include "core/store/inbox.h"

namespace countersign::native {

namespace {

constexpr Duration kSealEvery{5 * kSecond_us};
constexpr Duration kWatchEvery{kSecond_us};
constexpr Duration kAfterFailure{10 * kSecond_us};
constexpr Duration kQuiet{kSecond_us / 20};        // since the last job: nobody is in the middle of sending
constexpr Duration kLongestPause{kSecond_us / 4};  // of judging, while jobs come with gaps between them
constexpr Duration kLongestWait{2 * kSecond_us};   // and while they come without
constexpr uint64_t kStep = 200;
constexpr uint64_t kGapStep = 50;
constexpr uint64_t kBusyStep = 1'000;

}  // namespace

Status Chores::judge_some(api::Workspace& workspace, uint64_t most) {
    if (CS_TRY(judge_.step(workspace, most)) == 0) {
        waiting_since_.reset();
    } else {
        news_ = true;
    }
    return success();
}

Status Chores::judge_what_is_due(api::Workspace& workspace, bool idle, Duration now) {
    if (idle && now.us - last_job_.us >= kQuiet.us) {
        CS_TRY_STATUS(workspace.database.checkpoint_if_due());
        return judge_some(workspace, kStep);
    }
    const auto oldest = CS_TRY(store::first_in_inbox_bare(workspace.database));
    if (!oldest) {
        waiting_since_.reset();
        return success();
    }
    const Duration waited = workspace.clock.now() - oldest->at;
    waiting_since_ = Duration{now.us - waited.us};
    if (waited.us <= (idle ? kLongestPause : kLongestWait).us) {
        return success();
    }
    return judge_some(workspace, idle ? kGapStep : kBusyStep);
}

Status Chores::seal_some(api::Workspace& workspace) {
    const LogKeeper::Sealed sealed = CS_TRY(keeper_.seal(workspace.database, workspace.clock.now()));
    sealed_.insert(sealed_.end(), sealed.projects.begin(), sealed.projects.end());
    news_ = sealed.more;
    next_seal_ = workspace.clock.monotonic();
    next_seal_.us += news_ ? 0 : kSealEvery.us;
    return success();
}

// Whether an alarm is reached, and what follows from tiers that have opened or closed.
Status Chores::watch_audits(api::Workspace& workspace) {
    const Duration began = workspace.clock.monotonic();
    for (const store::ProjectRow& project : CS_TRY(store::list_projects(workspace.database))) {
        if (project.policy && CS_TRY(api::close_alarmed(workspace, project)) > 0) {
            news_ = placing_ = true;
        }
    }
    tiers_news_ = false;
    const Duration now = workspace.clock.monotonic();
    // However much there is to look at: writing keeps nearly all of the time.
    next_watch_.us = now.us + std::max(kWatchEvery.us, 50 * (now.us - began.us));
    return success();
}

Status Chores::tend_tiers(api::Workspace& workspace, uint64_t most) {
    if (tiers_news_ && !waiting_since_ && workspace.clock.monotonic().us >= next_watch_.us) {
        CS_TRY_STATUS(watch_audits(workspace));
    }
    if (placing_) {
        placing_ = CS_TRY(api::place_some_anew(workspace, most)) > 0;
        news_ = news_ || placing_;
    }
    return success();
}

Status Chores::work(api::Workspace& workspace, bool idle) {
    CS_TRY_STATUS(workspace.database.truncate_if_wanted());
    const Duration now = workspace.clock.monotonic();
    if (now.us < next_try_.us) {
        return success();
    }
    Status done = success();
    if (waiting_since_) {
        done = judge_what_is_due(workspace, idle, now);
    }
    if (done.ok() && idle) {
        done = tend_tiers(workspace, kStep);
    }
    if (done.ok() && news_ && now.us >= next_seal_.us) {
        done = seal_some(workspace);
    }
    if (!done.ok()) {
        next_try_.us = now.us + kAfterFailure.us;
    }
    return done;
}

Status Chores::catch_up(api::Workspace& workspace) {
    written(workspace.clock.monotonic());
    CS_TRY_STATUS(workspace.database.truncate_if_wanted());
    while (waiting_since_) {
        CS_TRY_STATUS(judge_some(workspace, kBusyStep));
    }
    next_watch_ = workspace.clock.monotonic();
    do {
        CS_TRY_STATUS(tend_tiers(workspace, kBusyStep));
    } while (placing_);
    return workspace.clock.monotonic().us >= next_seal_.us ? seal_some(workspace) : success();
}

Status Chores::finish(api::Workspace& workspace) {
    while (waiting_since_) {
        CS_TRY_STATUS(judge_some(workspace, kBusyStep));
    }
    next_watch_ = workspace.clock.monotonic();
    do {
        CS_TRY_STATUS(tend_tiers(workspace, kBusyStep));
    } while (placing_);
    while (news_) {
        CS_TRY_STATUS(seal_some(workspace));
    }
    return success();
}

std::optional<Duration> Chores::next(Duration now) const {
    if (!waiting_since_ && !news_ && !tiers_news_ && !placing_) {
        return std::nullopt;
    }
    int64_t due_us = waiting_since_ ? last_job_.us + kQuiet.us : INT64_MAX;
    due_us = std::min(due_us, news_ && !waiting_since_ ? next_seal_.us : INT64_MAX);
    due_us = std::min(due_us, tiers_news_ && !waiting_since_ ? next_watch_.us : INT64_MAX);
    due_us = std::max(next_try_.us, placing_ ? now.us : due_us);
    return Duration{std::max<int64_t>(0, due_us - now.us)};
}

}  // namespace countersign::native
