#include "native/cli/long_work.h"

#include <csignal>

#include "core/base/concat.h"

namespace countersign::native {

namespace {

// Signal handlers can reach nothing else.
volatile std::sig_atomic_t stop_asked = 0;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

extern "C" void on_stop_asked(int) {
    stop_asked = 1;
}

}  // namespace

LongWork::LongWork(bool quiet) : quiet_(quiet) {
    stop_asked = 0;
    for (const int signal : {SIGINT, SIGTERM}) {
        std::signal(signal, on_stop_asked);
    }
}

LongWork::~LongWork() {
    for (const int signal : {SIGINT, SIGTERM}) {
        std::signal(signal, SIG_DFL);
    }
}

bool LongWork::tell(const doctor::Progress& progress) {
    if (!quiet_ && step_ != progress.check) {
        step_ = progress.check;
        shown_ = std::make_unique<Progress>(concat(progress.check, ':'), progress.unit);
    }
    if (!quiet_ && progress.of > 0) {
        shown_->at(progress.done, progress.of);
    } else if (!quiet_) {
        shown_->at(progress.done);
    }
    return stop_asked == 0;
}

doctor::GoOn LongWork::go_on() {
    return [this](const doctor::Progress& progress) { return tell(progress); };
}

int report_work(const Error& error) {
    if (stop_asked != 0 && error.code == ErrorCode::unavailable) {
        note("countersign: stopped; nothing was changed");
        return kInterrupted;
    }
    return report(error);
}

}  // namespace countersign::native
