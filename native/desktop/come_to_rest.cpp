#include "native/desktop/come_to_rest.h"

#include <algorithm>
#include <cstdio>

#include "shell/semantics/outline.h"

namespace countersign::desktop {

namespace {

constexpr Duration kSoon{250'000};  // carets blink twice a second

}  // namespace

void take_posted(Inbox& inbox, DesktopHost& host) {
    if (inbox.run()) {
        host.want_frame(0);
    }
}

bool is_later(std::optional<Duration> next_frame) {
    return !next_frame || next_frame->us - native::SystemClock().monotonic().us > kSoon.us;
}

bool come_to_rest(RunningDesk& running, DesktopHost& host, Inbox& inbox, Duration most) {
    native::SystemClock clock;
    const Duration end{clock.monotonic().us + most.us};
    for (;;) {
        take_posted(inbox, host);
        if (host.take_frame()) {
            running.desk().frame();
            continue;
        }
        if (!running.busy() && is_later(host.next_frame())) {
            return true;
        }
        const Duration now = clock.monotonic();
        if (now >= end) {
            return false;
        }
        const Duration next = std::min(end, host.next_frame().value_or(end));
        inbox.wait(std::chrono::microseconds(std::max<int64_t>(0, next.us - now.us)));
    }
}

void print_semantics(const shell::SemanticTree& tree) {
    const std::string text = shell::outline(tree) + "---\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

}  // namespace countersign::desktop
