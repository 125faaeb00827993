#pragma once
// Areas that hold other things: cards, section heads, dialogs, notices, empty states, the line of messages.

#include <optional>
#include <span>
#include <string_view>

#include "shell/ui/widgets/badge.h"
#include "shell/ui/widgets/button.h"

namespace countersign::shell {

// A raised area; returns its inside.
Rect card(const Ui& ui, const Rect& rect, float padding);

// A small heading above a part of a panel; takes its height from the top of `rest`.
void section_head(Ui& ui, Rect& rest, std::string_view title, std::string_view detail = {});

struct EmptyState {
    Icon icon = Icon::inbox;
    std::string_view title;
    std::string_view text;
    std::string_view action = {};  // a button, when there is something to do
    std::string_view link = {};
    Tone tone = Tone::neutral;
};

// In the middle of the area. True when its button was pressed.
bool empty_state(Ui& ui, const Rect& rect, const EmptyState& spec);

struct Notice {
    Icon icon = Icon::info;
    std::string_view text;
    Tone tone = Tone::neutral;
    std::string_view action = {};
};

float notice_height(const Ui& ui, const Notice& spec, float width);
// A banner. True when its button was pressed.
bool notice(Ui& ui, const Rect& rect, const Notice& spec);

struct DialogSpec {
    std::string_view key;
    std::string_view title;
    float width = 0;
    float height = 0;
};

// A window over everything, with the rest dimmed. Everything drawn while it lives belongs to it.
class Dialog {
public:
    Dialog(Ui& ui, const DialogSpec& spec);
    ~Dialog();
    Dialog(const Dialog&) = delete;
    Dialog& operator=(const Dialog&) = delete;

    // Below the title.
    Rect body() const { return body_; }

    // Esc, the cross, or a click outside.
    bool wants_to_close() const { return close_; }

private:
    Ui& ui_;
    Rect body_;
    bool close_ = false;
};

// Words for a moment, at the bottom of the area: "Accepted", with an undo.
bool toast(Ui& ui, const Rect& area, std::string_view words, std::string_view action, std::optional<Command> command);

// "J K  move    Enter  open": chords with their words, from the right; as many as fit.
struct KeyHint {
    std::span<const Command> commands;
    std::string_view words;
};

void key_hints(Ui& ui, const Rect& rect, std::span<const KeyHint> hints);

}  // namespace countersign::shell
