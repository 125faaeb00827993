#include "shell/commands/command.h"

#include <algorithm>

#include "core/base/check.h"

namespace countersign::shell {
namespace {

constexpr Modifiers kControl{.control = true};
constexpr Scope kEverywhere = Scope::everywhere;

constexpr std::array<Scope, 5> only(Scope scope) {
    return {scope, scope, scope, scope, scope};
}

constexpr std::array<Scope, 5> kDeciding{Scope::quick, Scope::full, Scope::full, Scope::full, Scope::full};

// A chord with Shift is written by what it types ("?"), for layouts differ in where that lies.
constexpr std::array kCommands{
    CommandInfo{Command::go_queue, "go_queue", {kEverywhere}, {Key::q, {}, Key::g}, Text::command_go_queue},
    CommandInfo{Command::go_quick, "go_quick", {kEverywhere}, {Key::c, {}, Key::g}, Text::command_go_quick},
    CommandInfo{Command::go_done, "go_done", {kEverywhere}, {Key::d, {}, Key::g}, Text::command_go_done},
    CommandInfo{Command::go_sync, "go_sync", {kEverywhere}, {Key::s, {}, Key::g}, Text::command_go_sync},
    CommandInfo{Command::go_settle, "go_settle", {kEverywhere}, {Key::t, {}, Key::g}, Text::command_go_settle},
    CommandInfo{Command::go_tiers, "go_tiers", {kEverywhere}, {Key::a, {}, Key::g}, Text::command_go_tiers},
    CommandInfo{Command::show_keys, "show_keys", {kEverywhere}, {Key::question}, Text::command_show_keys},
    CommandInfo{Command::close,
                "close",
                {Scope::dialog, Scope::full, Scope::quick, Scope::quick, Scope::quick},
                {Key::escape},
                Text::command_close},
    CommandInfo{Command::search,
                "search",
                {Scope::queue, Scope::done, Scope::done, Scope::done, Scope::done},
                {Key::slash},
                Text::command_search},
    CommandInfo{Command::move_next,
                "move_next",
                {Scope::queue, Scope::done, Scope::full, Scope::settle, Scope::tiers},
                {Key::j},
                Text::command_move_next},
    CommandInfo{Command::move_previous,
                "move_previous",
                {Scope::queue, Scope::done, Scope::full, Scope::settle, Scope::tiers},
                {Key::k},
                Text::command_move_previous},
    CommandInfo{Command::open,
                "open",
                {Scope::queue, Scope::done, Scope::settle, Scope::settle, Scope::settle},
                {Key::enter},
                Text::command_open},
    CommandInfo{Command::accept, "accept", kDeciding, {Key::a}, Text::command_accept},
    CommandInfo{Command::reject, "reject", kDeciding, {Key::x}, Text::command_reject},
    CommandInfo{Command::correct, "correct", kDeciding, {Key::c}, Text::command_correct},
    CommandInfo{Command::skip, "skip", kDeciding, {Key::u}, Text::command_skip},
    CommandInfo{Command::escalate, "escalate", kDeciding, {Key::e}, Text::command_escalate},
    CommandInfo{Command::undo,
                "undo",
                {Scope::quick, Scope::done, Scope::full, Scope::full, Scope::full},
                {Key::z},
                Text::command_undo},
    CommandInfo{Command::label_1, "label_1", kDeciding, {Key::digit_1}, Text::command_label},
    CommandInfo{Command::label_2, "label_2", kDeciding, {Key::digit_2}, Text::command_label},
    CommandInfo{Command::label_3, "label_3", kDeciding, {Key::digit_3}, Text::command_label},
    CommandInfo{Command::label_4, "label_4", kDeciding, {Key::digit_4}, Text::command_label},
    CommandInfo{Command::label_5, "label_5", kDeciding, {Key::digit_5}, Text::command_label},
    CommandInfo{Command::label_6, "label_6", kDeciding, {Key::digit_6}, Text::command_label},
    CommandInfo{Command::label_7, "label_7", kDeciding, {Key::digit_7}, Text::command_label},
    CommandInfo{Command::label_8, "label_8", kDeciding, {Key::digit_8}, Text::command_label},
    CommandInfo{Command::label_9, "label_9", kDeciding, {Key::digit_9}, Text::command_label},
    CommandInfo{Command::label_0, "label_0", kDeciding, {Key::digit_0}, Text::command_label},
    CommandInfo{Command::label_letter, "label_letter", kDeciding, {}, Text::command_label_letter},
    CommandInfo{Command::mark_evidence, "mark_evidence", only(Scope::full), {Key::m}, Text::command_mark_evidence},
    CommandInfo{Command::previous_evidence,
                "previous_evidence",
                only(Scope::full),
                {Key::bracket_left},
                Text::command_previous_evidence},
    CommandInfo{
        Command::next_evidence, "next_evidence", only(Scope::full), {Key::bracket_right}, Text::command_next_evidence},
    CommandInfo{
        Command::write_rationale, "write_rationale", only(Scope::full), {Key::r}, Text::command_write_rationale},
    CommandInfo{Command::write_note, "write_note", only(Scope::full), {Key::n}, Text::command_write_note},
    CommandInfo{Command::find, "find", only(Scope::full), {Key::slash}, Text::command_find},
    CommandInfo{Command::submit,
                "submit",
                {Scope::full, Scope::dialog, Scope::dialog, Scope::dialog, Scope::dialog},
                {Key::enter, kControl},
                Text::command_submit},
    CommandInfo{Command::take_along, "take_along", only(Scope::queue), {Key::t}, Text::command_take_along},
    CommandInfo{Command::sync_now, "sync_now", only(Scope::sync), {Key::s}, Text::command_sync_now},
    CommandInfo{Command::dismiss_notice, "dismiss_notice", only(Scope::sync), {Key::d}, Text::command_dismiss},
    CommandInfo{Command::export_outbox, "export_outbox", only(Scope::sync), {Key::e}, Text::command_export},
    CommandInfo{Command::import_outbox, "import_outbox", only(Scope::sync), {Key::i}, Text::command_import},
    CommandInfo{Command::admit, "admit", only(Scope::settle), {Key::a}, Text::command_admit},
    CommandInfo{Command::refuse, "refuse", only(Scope::settle), {Key::x}, Text::command_refuse},
    CommandInfo{Command::write_reason,
                "write_reason",
                {Scope::settle, Scope::tiers, Scope::tiers, Scope::tiers, Scope::tiers},
                {Key::r},
                Text::command_write_reason},
    CommandInfo{Command::next_tab, "next_tab", only(Scope::settle), {Key::t}, Text::command_next_tab},
    CommandInfo{Command::refresh,
                "refresh",
                {Scope::settle, Scope::tiers, Scope::tiers, Scope::tiers, Scope::tiers},
                {Key::f},
                Text::command_refresh},
    CommandInfo{Command::open_tier, "open_tier", only(Scope::tiers), {Key::o}, Text::command_open_tier},
    CommandInfo{Command::close_tier, "close_tier", only(Scope::tiers), {Key::x}, Text::command_close_tier},
};

constexpr bool in_order() {
    for (size_t i = 0; i < kCommands.size(); i++) {
        if (static_cast<size_t>(kCommands[i].command) != i) {
            return false;
        }
    }
    return true;
}

static_assert(kCommands.size() == kCommandCount && in_order(), "one row for each command, in the enumerators' order");

bool is_lead(Key key, std::span<const Scope> scopes) {
    return std::any_of(kCommands.begin(), kCommands.end(), [&](const CommandInfo& c) {
        return c.chord.lead == key &&
               std::any_of(scopes.begin(), scopes.end(), [&](Scope scope) { return applies(c, scope); });
    });
}

// Shift is part of what a key types; it does not count unless a chord asks for it.
bool same_modifiers(const Modifiers& pressed, const Modifiers& wanted) {
    return pressed.control == wanted.control && pressed.alt == wanted.alt && pressed.meta == wanted.meta &&
           (!wanted.shift || pressed.shift);
}

}  // namespace

std::span<const CommandInfo> all_commands() {
    return kCommands;
}

const CommandInfo& info(Command command) {
    return kCommands[static_cast<size_t>(command)];
}

bool applies(const CommandInfo& command, Scope scope) {
    return std::find(command.scopes.begin(), command.scopes.end(), scope) != command.scopes.end();
}

std::optional<Command> label_command(size_t index) {
    if (index >= 10) {
        return std::nullopt;
    }
    return static_cast<Command>(static_cast<size_t>(Command::label_1) + index);
}

std::optional<size_t> label_index(Command command) {
    if (command < Command::label_1 || command > Command::label_0) {
        return std::nullopt;
    }
    return static_cast<size_t>(command) - static_cast<size_t>(Command::label_1);
}

std::vector<std::string> key_caps(const Chord& chord) {
    std::vector<std::string> caps;
    const auto add = [&](bool wanted, Key key) {
        if (wanted) {
            caps.emplace_back(key_caption(key));
        }
    };
    add(chord.lead != Key::none, chord.lead);
    add(chord.modifiers.control, Key::control);
    add(chord.modifiers.alt, Key::alt);
    add(chord.modifiers.shift, Key::shift);
    add(true, chord.key);
    return caps;
}

std::string aria_shortcut(const Chord& chord) {
    std::string out;
    if (chord.lead != Key::none) {
        out.append(key_caption(chord.lead)).append(" ");
    }
    out.append(chord.modifiers.control ? "Control+" : "").append(chord.modifiers.alt ? "Alt+" : "");
    out.append(chord.modifiers.shift ? "Shift+" : "");
    if (chord.key == Key::enter) {
        out.append("Enter");
    } else if (chord.key == Key::escape) {
        out.append("Escape");
    } else {
        out.append(key_caption(chord.key));
    }
    return out;
}

std::optional<Command> CommandKeys::press(const KeyChanged& event, std::span<const Scope> scopes, bool typing) {
    const bool modifier = event.key >= Key::shift;
    if (!event.pressed || modifier || event.key == Key::none) {
        return std::nullopt;
    }
    const Key lead = lead_;
    lead_ = Key::none;
    const bool bare = !event.modifiers.control && !event.modifiers.alt && !event.modifiers.meta;
    if (typing && bare) {
        return std::nullopt;
    }
    for (const Scope scope : scopes) {
        for (const CommandInfo& c : kCommands) {
            if (c.chord.key != Key::none && c.chord.key == event.key && c.chord.lead == lead &&
                same_modifiers(event.modifiers, c.chord.modifiers) && applies(c, scope)) {
                return c.command;
            }
        }
    }
    if (bare && is_lead(event.key, scopes)) {
        lead_ = event.key;
        return std::nullopt;
    }
    // Policies keep clear of the letters above (core/policy refuses them), so what is left may be a label's.
    const bool deciding = !scopes.empty() && applies(info(Command::label_letter), scopes.front());
    if (deciding && bare && lead == Key::none && event.key >= Key::a && event.key <= Key::z) {
        letter_ = event.key;
        return Command::label_letter;
    }
    return std::nullopt;
}

}  // namespace countersign::shell
