#pragma once
// What the desk asks of its platform. Implemented whole by web/ and by native/desktop/.
//
// Contract: all calls come from the frame thread; each returns at once. Nothing here is called when nothing changed, so
// an idle desk costs no CPU.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countersign::shell {

class SemanticTree;

enum class CursorShape : uint8_t { arrow, text, hand, resize_horizontal, resize_vertical, not_allowed };

// Where the caret of the focused text field is, so that IME windows and mobile keyboards find it. CSS pixels.
struct TextInputArea {
    float x = 0;
    float y = 0;
    float line_height = 0;
    bool multiline = false;

    bool operator==(const TextInputArea&) const = default;
};

enum class HistoryEntry : uint8_t { push, replace };

class Host {
public:
    virtual ~Host() = default;

    virtual void set_cursor(CursorShape shape) = 0;
    // Empty: no field has the focus; keys are commands.
    virtual void set_text_input(std::optional<TextInputArea> area) = 0;
    virtual void write_clipboard(std::string_view text) = 0;
    virtual void set_location(std::string_view location, HistoryEntry entry) = 0;
    virtual void set_title(std::string_view title) = 0;
    // A frame is wanted after this many milliseconds (0: at the next display refresh). The earliest wish counts.
    virtual void want_frame(uint32_t delay_ms) = 0;
    // The widgets of the frame just drawn; called only when they differ from the last call.
    virtual void show_semantics(const SemanticTree& tree) = 0;
    // Spoken politely by screen readers: "Saved", "Next item".
    virtual void announce(std::string_view sentence) = 0;
    // Offers bytes to the person as a file.
    virtual void save_file(std::string_view name, std::string_view bytes) = 0;
    // Lets the person choose a file; it comes as FileOpened, or never when they think better of it. `ending`: what its
    // name should end with, ".jsonl".
    virtual void open_file(std::string_view ending) = 0;
};

}  // namespace countersign::shell
