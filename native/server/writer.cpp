#include "native/server/writer.h"

#include <cstdio>
#include <cstdlib>

#include "core/base/concat.h"
#include "native/platform/allocator.h"

namespace countersign::native {

namespace {

[[noreturn]] void stop_process(const Error& error) {
    std::fprintf(stderr, "countersign: the server stops: %s\n", error.text().c_str());
    std::fflush(stderr);
    // Without a word to anybody and without closing the store: its log is what the next start goes by.
    std::_Exit(code_info(error.code).exit_status);
}

}  // namespace

Writer::Writer(std::unique_ptr<store::Database> database, Chores chores, const api::ServerSettings& settings,
               Options options)
    : database_(std::move(database)),
      workspace_{*database_, clock_, entropy_, passwords_, policies_, settings},
      chores_(std::move(chores)),
      options_(options) {}

Writer::~Writer() {
    stop();
}

void Writer::start() {
    const auto projects = store::list_projects(*database_);
    for (const store::ProjectRow& project : projects.ok() ? projects.value() : std::vector<store::ProjectRow>()) {
        heads_[project.id.text] = project.head_seq;
    }
    stop_if_broken();
    thread_ = std::thread([this] {
        take_memory_in_large_pages();
        run();
    });
}

void Writer::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

bool Writer::post(Job job, Done done, Admission admission) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || (admission == Admission::if_room && queue_.size() >= options_.queue)) {
            return false;
        }
        queue_.push_back({std::move(job), std::move(done)});
        metrics_.waiting.store(queue_.size(), std::memory_order_relaxed);
    }
    wake_.notify_one();
    return true;
}

void Writer::run() {
    std::deque<Waiting> group;
    while (take_group(group)) {
        if (!group.empty()) {
            write_group(group);
            group.clear();
            chores_.written(clock_.monotonic());
        }
        do_chores();
    }
    report(chores_.finish(workspace_));
}

void Writer::do_chores() {
    bool idle = false;
    {
        const std::lock_guard lock(mutex_);
        idle = queue_.empty();
    }
    const Status done = chores_.work(workspace_, idle);
    if (!done.ok()) {
        database_->rollback();
    }
    report(done);
    metrics_.unjudged_since_us = chores_.waiting_since().value_or(Duration{-1}).us;
    // A checkpoint is news, too: devices seal their decisions by it.
    for (const ProjectId& project : chores_.take_sealed()) {
        heads_.erase(project.text);
    }
    tell_news();
}

// Said once for each thing that is wrong, and when it is over.
void Writer::report(const Status& chores) {
    stop_if_broken();
    // What a check found out is said; a disk of which nobody knows what it has ends the process.
    const bool known = chores.ok() || chores.error().code == ErrorCode::exhausted ||
                       chores.error().code == ErrorCode::unavailable || chores.error().code == ErrorCode::corrupt;
    if (!known) {
        stop_process(chores.error());
    }
    const std::string words = chores.ok() ? std::string() : chores.error().text();
    if (words != last_report_) {
        std::fprintf(stderr, "countersign: %s\n",
                     chores.ok() ? "judging and sealing go on" : concat("judging or sealing stopped: ", words).c_str());
        std::fflush(stderr);
        last_report_ = words;
    }
}

// False at the end. The group is empty when only chores are due.
bool Writer::take_group(std::deque<Waiting>& group) {
    std::unique_lock lock(mutex_);
    const auto called = [&] { return stopping_ || !queue_.empty(); };
    if (const auto chores = chores_.next(clock_.monotonic())) {
        wake_.wait_for(lock, std::chrono::microseconds(chores->us), called);
    } else {
        wake_.wait(lock, called);
    }
    if (queue_.size() <= options_.jobs_per_commit) {
        group.swap(queue_);
    } else {
        for (size_t i = 0; i < options_.jobs_per_commit; ++i) {
            group.push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
    }
    metrics_.waiting.store(queue_.size(), std::memory_order_relaxed);
    return !group.empty() || !stopping_;
}

// Runs the jobs of a group, and what comes meanwhile: the flush is what costs. False when the transaction did not
// survive them (the disk is full, or memory): then nothing of the group is written.
bool Writer::run_jobs(std::deque<Waiting>& group, Duration began) {
    for (size_t i = 0; i < group.size(); ++i) {
        group[i].job();
        group[i].job = nullptr;
        if (database_->undone_by()) {
            return false;
        }
        const std::lock_guard lock(mutex_);
        const bool last = i + 1 == group.size() && clock_.monotonic().us - began.us < options_.gather.us;
        if (last && !queue_.empty()) {
            group.push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
    }
    return true;
}

Status Writer::commit_group(std::deque<Waiting>& group, Duration began) {
    CS_TRY_STATUS(database_->begin());
    Status outcome = run_jobs(group, began) ? database_->commit() : Status(*database_->undone_by());
    if (!outcome.ok()) {
        database_->rollback();
    }
    return outcome;
}

void Writer::stop_if_broken() const {
    if (database_->broken()) {
        stop_process(*database_->broken());
    }
}

void Writer::write_group(std::deque<Waiting>& group) {
    const Duration began = clock_.monotonic();
    const Status committed = commit_group(group, began);
    stop_if_broken();
    metrics_.commits.fetch_add(1, std::memory_order_relaxed);
    metrics_.jobs.fetch_add(group.size(), std::memory_order_relaxed);
    metrics_.commit_time.observe(clock_.monotonic().us - began.us);
    int64_t none = -1;
    metrics_.unjudged_since_us.compare_exchange_strong(none, began.us);
    for (Waiting& one : group) {
        one.done(committed);
    }
    if (committed.ok()) {
        tell_news();
    }
}

void Writer::tell_news() {
    const auto projects = store::list_projects(*database_);
    stop_if_broken();
    if (!projects.ok() || !news_) {
        return;
    }
    for (const store::ProjectRow& project : projects.value()) {
        EventSeq& head = heads_[project.id.text];
        if (head != project.head_seq) {
            head = project.head_seq;
            news_(project.id, head);
        }
    }
}

Status Writer::within_savepoint_status(const std::function<Status(api::Workspace&)>& write) {
    CS_CHECK(on_this_thread());
    CS_TRY_STATUS(database_->execute("SAVEPOINT job"));
    Status done = write(workspace_);
    // A job that broke the transaction itself (a full disk) has nothing left to go back to.
    if (!done.ok() && database_->in_transaction()) {
        CS_TRY_STATUS(database_->execute("ROLLBACK TO job"));
    }
    if (database_->in_transaction()) {
        CS_TRY_STATUS(database_->execute("RELEASE job"));
    }
    return done;
}

api::Response Writer::within_savepoint(const std::function<api::Response(api::Workspace&)>& write) {
    api::Response response;
    const Status done = within_savepoint_status([&](api::Workspace& workspace) -> Status {
        response = write(workspace);
        return response.status < 400 ? success() : Status(fail(ErrorCode::internal, "answered as refused"));
    });
    if (!done.ok() && response.status < 400) {
        return api::problem(done.error());
    }
    return response;
}

}  // namespace countersign::native
