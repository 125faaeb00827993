#pragma once
// The one thread that writes. Everything that waits is written in one transaction with one flush to disk (group
// commit); only then is anybody answered. Between groups it does its chores.
//
// When the disk is full, SQLite undoes the transaction whole: it is answered as failed, and the next one is tried. Any
// other refusal of the disk, a sync's above all and also one of a checkpoint after the commit or of a chore, ends the
// process at once with status 74: the system's cache may have forgotten what it owes, so that a second try would
// succeed and mean nothing. Nobody is answered then; the next start reads what the disk has.
//
// Thread: post() and stop() from any thread; the workspace belongs to the writer thread.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/api/workspace.h"
#include "native/http/handler.h"
#include "native/metrics/histogram.h"
#include "native/platform/clock_posix.h"
#include "native/platform/secrets.h"
#include "native/server/chores.h"

namespace countersign::native {

struct WriterMetrics {
    std::atomic<uint64_t> commits{0};
    std::atomic<uint64_t> jobs{0};
    std::atomic<uint64_t> waiting{0};
    std::atomic<int64_t> unjudged_since_us{-1};  // monotonic; negative: all that was acknowledged is judged
    metrics::DurationHistogram commit_time;
};

class Writer : public http::WriterLane {
public:
    struct Options {
        size_t queue = 10'000;  // jobs that may wait
        size_t jobs_per_commit = 2'000;
        Duration gather{2'000};  // how long a commit may go on taking further jobs
    };

    // `news` is called after each commit, on the writer thread, with the new head of each project that moved.
    using News = std::function<void(const ProjectId&, EventSeq)>;

    Writer(std::unique_ptr<store::Database> database, Chores chores, const api::ServerSettings& settings,
           Options options);
    ~Writer() override;
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void on_news(News news) { news_ = std::move(news); }

    void start();
    // Writes what is queued, then ends.
    void stop();

    bool post(Job job, Done done, Admission admission) override;

    // Inside a job only. Runs `write` so that a failed answer leaves nothing behind.
    api::Response within_savepoint(const std::function<api::Response(api::Workspace&)>& write);
    Status within_savepoint_status(const std::function<Status(api::Workspace&)>& write);

    bool on_this_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

    const WriterMetrics& metrics() const { return metrics_; }

private:
    struct Waiting {
        Job job;
        Done done;
    };

    void run();
    bool take_group(std::deque<Waiting>& group);
    void do_chores();
    void write_group(std::deque<Waiting>& group);
    Status commit_group(std::deque<Waiting>& group, Duration began);
    bool run_jobs(std::deque<Waiting>& group, Duration began);
    void stop_if_broken() const;
    void tell_news();
    void report(const Status& chores);

    std::unique_ptr<store::Database> database_;
    SystemClock clock_;
    SystemEntropy entropy_;
    Argon2Passwords passwords_;
    store::PolicyCache policies_;
    api::Workspace workspace_;
    Chores chores_;
    Options options_;
    std::string last_report_;
    News news_;
    std::map<std::string, EventSeq> heads_;
    WriterMetrics metrics_;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Waiting> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace countersign::native
