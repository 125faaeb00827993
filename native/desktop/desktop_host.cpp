#include "native/desktop/desktop_host.h"

#include <algorithm>
#include <utility>

#include "core/base/concat.h"
#include "native/desktop/saved_file.h"
#include "native/desktop/say.h"

namespace countersign::desktop {

void DesktopHost::want_frame(uint32_t delay_ms) {
    const Duration wish{clock_.monotonic().us + int64_t{delay_ms} * 1'000};
    due_ = due_ ? std::min(*due_, wish) : wish;
}

std::optional<Duration> DesktopHost::next_frame() const {
    return due_ ? std::optional(Duration{std::max(due_->us, last_frame_.us + frame_time_.us)}) : std::nullopt;
}

bool DesktopHost::take_frame() {
    const Duration now = clock_.monotonic();
    const auto next = next_frame();
    if (!next || *next > now) {
        return false;
    }
    due_.reset();
    last_frame_ = now;
    return true;
}

void DesktopHost::show_semantics(const shell::SemanticTree& tree) {
    semantics_ = tree;
    semantics_changed_ = true;
}

bool DesktopHost::take_semantics_changed() {
    return std::exchange(semantics_changed_, false);
}

void DesktopHost::save_file(std::string_view name, std::string_view bytes) {
    const auto saved = save_beside(downloads_, name, bytes);
    say(saved.ok() ? concat("saved ", saved.value().string()) : saved.error().text());
}

}  // namespace countersign::desktop
