#pragma once
// The desk's Host in a browser: hands each wish to the page, and only what changed.

#include <optional>
#include <string>

#include "shell/platform/host.h"
#include "shell/semantics/tree.h"

namespace countersign::web {

class WebHost final : public shell::Host {
public:
    void set_cursor(shell::CursorShape shape) override;
    void set_text_input(std::optional<shell::TextInputArea> area) override;
    void write_clipboard(std::string_view text) override;
    void set_location(std::string_view location, shell::HistoryEntry entry) override;
    void set_title(std::string_view title) override;
    void want_frame(uint32_t delay_ms) override;
    void show_semantics(const shell::SemanticTree& tree) override;
    void announce(std::string_view sentence) override;
    void save_file(std::string_view name, std::string_view bytes) override;
    void open_file(std::string_view ending) override;

    bool text_input_is_on() const { return text_input_.has_value(); }

    // Sends the page what its mirror must change. The worker calls it at most some ten times a second while the tree
    // changes with each frame, so that scrolling is not slowed by the mirror.
    void send_semantics();

private:
    shell::CursorShape cursor_ = shell::CursorShape::arrow;
    std::optional<shell::TextInputArea> text_input_;
    std::string title_;
    shell::SemanticTree latest_;
    shell::SemanticTree sent_;
};

}  // namespace countersign::web
