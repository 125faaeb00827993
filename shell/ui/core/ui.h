#pragma once
// What a widget is handed: tokens, fonts, words, the item table, and this frame's input as far as nobody has taken it.
// Made by the frame loop for one frame; widgets and views pass it on and keep nothing of it.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shell/commands/command.h"
#include "shell/platform/host.h"
#include "shell/semantics/item_table.h"
#include "shell/texts/texts.h"
#include "shell/ui/core/memory.h"
#include "shell/ui/core/rect.h"
#include "shell/ui/font/fonts.h"
#include "shell/ui/theme/theme.h"

struct ImDrawList;

namespace countersign::shell {

struct KeyPress {
    Key key = Key::none;
    Modifiers modifiers;
};

// Input that no command has used. Widgets take what they use, so that nothing happens twice.
struct Input {
    std::vector<KeyPress> keys;
    Key label_letter = Key::none;  // of Command::label_letter
    std::string typed;
    std::optional<std::string> pasted;
    std::string preedit;
    float wheel_x = 0;  // device pixels
    float wheel_y = 0;
    bool touch = false;

    // The first press of this key with exactly these modifiers (Shift apart), if any; it is then gone.
    std::optional<KeyPress> take(Key key, Modifiers wanted = {});
};

// What widgets want of the platform when the frame is done.
struct Wishes {
    std::optional<uint32_t> frame_in_ms;
    std::optional<std::string> clipboard;
    std::optional<TextInputArea> text_input;  // CSS pixels
    std::vector<std::string> announcements;

    // The earliest wish counts.
    void frame_in(uint32_t ms) { frame_in_ms = std::min(frame_in_ms.value_or(ms), ms); }
};

// A column of content that moves behind its frame; see widgets/scroll.h.
class ScrollFrame {
public:
    virtual ~ScrollFrame() = default;
    // Moves so that the area can be seen, with the next frame.
    virtual void reveal(const Rect& area) = 0;
};

struct Ui {
    const Theme& theme;
    const Fonts& fonts;
    const Texts& texts;
    ItemTable& items;
    Input& input;
    Memory& memory;
    Wishes& wishes;
    Rect window;                     // all of it
    std::optional<Command> command;  // pressed and not yet taken
    std::vector<Scope> scopes;       // what is on the screen, the innermost first; the next key presses go by it
    std::vector<ScrollFrame*> scrolls;
    bool blocked = false;  // a dialog covers what is drawn now

    // True once, for whoever does it: the key of this command was pressed.
    bool commanded(Command wanted);

    ImDrawList& draw() const;
};

// The scopes of the keys that count in the next frame. A screen calls it once.
void enter_scope(Ui& ui, Scope scope);

Area area_of(const Rect& rect);

}  // namespace countersign::shell
