#pragma once
// Work of minutes that tells how far it is, and that Ctrl-C ends in order: the work is asked to stop, and leaves
// nothing half.

#include <memory>
#include <string>

#include "core/doctor/doctor.h"
#include "native/cli/console.h"

namespace countersign::native {

// While it lives, SIGINT and SIGTERM are noted and end nothing. One at a time.
class LongWork {
public:
    explicit LongWork(bool quiet);
    ~LongWork();
    LongWork(const LongWork&) = delete;
    LongWork& operator=(const LongWork&) = delete;

    // For whoever works; lives as long as this.
    doctor::GoOn go_on();

    // The line of progress is gone: results may be printed.
    void finish() { shown_.reset(); }

private:
    bool tell(const doctor::Progress& progress);

    bool quiet_;
    std::string step_;
    std::unique_ptr<Progress> shown_;
};

// Exit status of work that Ctrl-C ended, as shells have it.
inline constexpr int kInterrupted = 130;
// The error's status, or kInterrupted when it is that the work was stopped; said either way.
int report_work(const Error& error);

}  // namespace countersign::native
