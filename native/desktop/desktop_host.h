#pragma once
// What the desk asks of its platform, as far as it is the same with and without a window: when frames are due, where
// one is, what stands on the screen, files for the person.
//
// announce() does nothing here: GLFW gives no way to a screen reader. Who needs one uses the desk in a browser, whose
// page mirrors every widget (docs/desktop.md).

#include <filesystem>
#include <optional>
#include <string>

#include "core/ports/clock.h"
#include "native/desktop/history.h"
#include "shell/platform/host.h"
#include "shell/semantics/tree.h"

namespace countersign::desktop {

class DesktopHost : public shell::Host {
public:
    // `frame_time`: how far apart frames are at least. The clock outlives the host.
    DesktopHost(Clock& clock, Duration frame_time, std::filesystem::path downloads, std::string location)
        : clock_(clock), frame_time_(frame_time), downloads_(std::move(downloads)), history_(std::move(location)) {}

    void set_cursor(shell::CursorShape) override {}

    void set_text_input(std::optional<shell::TextInputArea>) override {}

    void write_clipboard(std::string_view) override {}

    void set_title(std::string_view) override {}

    void announce(std::string_view) override {}

    void set_location(std::string_view location, shell::HistoryEntry entry) override { history_.set(location, entry); }

    void want_frame(uint32_t delay_ms) override;
    void show_semantics(const shell::SemanticTree& tree) override;
    // Into the folder for downloads; where it went, or why not, is said on standard error.
    void save_file(std::string_view name, std::string_view bytes) override;

    // Without a window there is nobody to choose one.
    void open_file(std::string_view) override {}

    History& history() { return history_; }

    // On the clock's monotonic() time; nothing when no frame is wanted.
    std::optional<Duration> next_frame() const;
    // True when it is time for a frame: the wishes so far are fulfilled with it.
    bool take_frame();

    const shell::SemanticTree& semantics() const { return semantics_; }

    // Whether the tree has changed since the last call.
    bool take_semantics_changed();

private:
    Clock& clock_;
    Duration frame_time_;
    std::filesystem::path downloads_;
    History history_;
    std::optional<Duration> due_;
    Duration last_frame_{INT64_MIN / 2};
    shell::SemanticTree semantics_;
    bool semantics_changed_ = false;
};

}  // namespace countersign::desktop
