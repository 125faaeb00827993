#include "native/desktop/stop_signals.h"

#include <utility>

#include <pthread.h>
#include <signal.h>

namespace countersign::desktop {

namespace {

sigset_t stops() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

}  // namespace

void StopSignals::block() {
    const sigset_t set = stops();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

StopSignals::StopSignals(std::function<void()> stop) : stop_(std::move(stop)) {
    thread_ = std::thread([this, set = stops()] {
        int signal = 0;
        while (::sigwait(&set, &signal) == 0 && !ending_) {
            stop_();
        }
    });
}

StopSignals::~StopSignals() {
    ending_ = true;
    ::pthread_kill(thread_.native_handle(), SIGINT);
    thread_.join();
}

}  // namespace countersign::desktop
