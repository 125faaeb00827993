#pragma once
// The one table of what a person can tell the desk by key: id, where it applies, its chord. Key handling, the key
// sheet, the hints on buttons and aria-keyshortcuts all come from here.
//
// A single key works only while nobody types; chords with Control work always. "G then Q" is a lead key and a key.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shell/platform/input.h"
#include "shell/platform/key.h"
#include "shell/texts/texts.h"

namespace countersign::shell {

enum class Command : uint8_t {
    go_queue,
    go_quick,
    go_done,
    go_sync,
    go_settle,
    go_tiers,
    show_keys,
    close,
    search,
    move_next,
    move_previous,
    open,
    accept,
    reject,
    correct,
    skip,
    escalate,
    undo,
    label_1,
    label_2,
    label_3,
    label_4,
    label_5,
    label_6,
    label_7,
    label_8,
    label_9,
    label_0,
    label_letter,  // whichever letter a policy gave a label: CommandKeys::letter()
    mark_evidence,
    previous_evidence,
    next_evidence,
    write_rationale,
    write_note,
    find,
    submit,
    take_along,
    sync_now,
    dismiss_notice,
    export_outbox,
    import_outbox,
    admit,
    refuse,
    write_reason,
    next_tab,
    refresh,
    open_tier,
    close_tier,
};

inline constexpr size_t kCommandCount = static_cast<size_t>(Command::close_tier) + 1;

// Where a command applies; a screen is one of them.
enum class Scope : uint8_t { everywhere, queue, quick, full, done, sync, settle, tiers, dialog };

inline constexpr size_t kScopeCount = 9;

struct Chord {
    Key key = Key::none;
    Modifiers modifiers = {};
    Key lead = Key::none;  // pressed and released before

    bool operator==(const Chord&) const = default;
};

struct CommandInfo {
    Command command;
    std::string_view id;  // "accept": for remapping files and tests
    std::array<Scope, 5> scopes;
    Chord chord;
    Text label;
};

std::span<const CommandInfo> all_commands();
const CommandInfo& info(Command command);

bool applies(const CommandInfo& command, Scope scope);

// The command of a label key: 0 to 9 for the first ten labels of a policy; nothing further on.
std::optional<Command> label_command(size_t index);
std::optional<size_t> label_index(Command command);

// One text for each key cap: {"G", "Q"}, {"Ctrl", "⏎"}.
std::vector<std::string> key_caps(const Chord& chord);
// "G Q", "Control+Enter": aria-keyshortcuts. (ARIA knows no sequences; "G Q" reads as two alternatives, both harmless.)
std::string aria_shortcut(const Chord& chord);

// Turns key presses into commands, remembering a lead key.
class CommandKeys {
public:
    // `scopes`: what is on the screen, the innermost first. `typing`: a text field has the keyboard.
    std::optional<Command> press(const KeyChanged& event, std::span<const Scope> scopes, bool typing);

    // A lead key waits for its second: shown in the status line.
    bool waiting() const { return lead_ != Key::none; }

    // The key of the last label_letter.
    Key letter() const { return letter_; }

private:
    Key lead_ = Key::none;
    Key letter_ = Key::none;
};

}  // namespace countersign::shell
