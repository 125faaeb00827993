// Decisions as a file: saved from here, imported here, and what became of the last file.

#include "core/base/concat.h"
#include "shell/views/parts.h"
#include "shell/views/sync_parts.h"

namespace countersign::shell {
namespace {

// A button with what it does beside it, or below it on phones. Its height is taken from `rest`.
bool explained_button(Ui& ui, Rect& rest, const ButtonSpec& spec, std::string_view words) {
    const Theme& t = ui.theme;
    const float wide = std::min(rest.w, button_width(ui, spec));
    const bool beside = rest.w - wide > t.px(220);
    if (!beside) {
        const bool pressed = button(ui, rest.cut_top(t.size.control).cut_left(wide), spec);
        rest.cut_top(t.space.xs);
        rest.cut_top(say_paragraph(ui, rest, words, t.type.small, {.ink = Ink::faint}));
        return pressed;
    }
    const float room = rest.w - wide - t.space.l;
    const float text = paragraph_height(ui, t.type.small, words, room);
    Rect row = rest.cut_top(std::max(t.size.control, text));
    const bool pressed = button(ui, row.cut_left(wide).centred(wide, t.size.control), spec);
    row.cut_left(t.space.l);
    say_paragraph(ui, row.centred(row.w, text), words, t.type.small, {.ink = Ink::faint});
    return pressed;
}

Notice notice_of(const ImportedPart& part) {
    switch (part.outcome) {
        case ImportedPart::Outcome::taken: return {.icon = Icon::circle_check, .text = part.words, .tone = Tone::good};
        case ImportedPart::Outcome::waits: return {.icon = Icon::hourglass, .text = part.words, .tone = Tone::warn};
        case ImportedPart::Outcome::refused: break;
    }
    return {.icon = Icon::circle_alert, .text = part.words, .tone = Tone::bad};
}

void draw_import_result(Ui& ui, Rect& rest, const ImportModel& model) {
    const Theme& t = ui.theme;
    if (model.file.empty()) {
        return;
    }
    rest.cut_top(t.space.m);
    const auto say = [&](const Notice& spec) {
        notice(ui, rest.cut_top(notice_height(ui, spec, rest.w)), spec);
        rest.cut_top(t.space.xs);
    };
    if (!model.problem.empty()) {
        say({.icon = Icon::circle_alert, .text = model.problem, .tone = Tone::bad});
        return;
    }
    const std::string head = ui.texts(model.working ? Text::sync_importing : Text::sync_imported, model.file);
    say_text(ui, rest.cut_top(t.type.body.line), head, t.type.control, t.ink(Ink::text));
    rest.cut_top(t.space.xs);
    for (size_t i = 0; i < model.parts.size(); ++i) {
        say(notice_of(model.parts[i]));
    }
}

}  // namespace

void draw_outbox_file(Ui& ui, Rect& rest, const SyncModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::sync_file));
    if (model.decisions.on_device > 0) {
        const ButtonSpec save{
            .label = ui.texts(Text::sync_export), .icon = Icon::download, .command = Command::export_outbox};
        if (explained_button(ui, rest, save, ui.texts(Text::sync_export_text))) {
            intents.push_back(intent::ExportOutbox{});
        }
        rest.cut_top(t.space.s);
    }
    const ButtonSpec import{.label = ui.texts(Text::sync_import),
                            .icon = Icon::upload,
                            .command = Command::import_outbox,
                            .enabled = model.online && !model.import.working};
    if (explained_button(ui, rest, import, ui.texts(Text::sync_import_text))) {
        intents.push_back(intent::ImportOutbox{});
    }
    draw_import_result(ui, rest, model.import);
}

}  // namespace countersign::shell
