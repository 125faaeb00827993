#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/scroll.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

struct Headline {
    Icon icon = Icon::circle_check;
    Tone tone = Tone::good;
    std::string title;
    std::string_view text;
};

Headline headline_of(const Ui& ui, const SyncModel& model) {
    const Texts& texts = ui.texts;
    if (model.waiting > 0) {
        Headline line{Icon::hard_drive, model.online ? Tone::accent : Tone::warn, {}, {}};
        line.title = model.waiting == 1 ? std::string(texts(Text::sync_waiting_one))
                                        : texts(Text::sync_waiting, grouped(model.waiting));
        line.text = texts(model.online ? Text::sync_waiting_online_text : Text::sync_waiting_offline_text);
        return line;
    }
    if (!model.online) {
        return {Icon::cloud_off, Tone::warn, std::string(texts(Text::sync_offline_nothing)),
                texts(Text::sync_offline_nothing_text)};
    }
    return {Icon::circle_check, Tone::good, std::string(texts(Text::sync_all_saved)), texts(Text::sync_all_saved_text)};
}

void draw_headline(Ui& ui, Rect& rest, const SyncModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const Headline line = headline_of(ui, model);
    const ButtonSpec now{.label = ui.texts(model.working ? Text::sync_working : Text::sync_now),
                         .icon = Icon::refresh_cw,
                         .enabled = !model.working && model.online};
    const bool phone = is_phone(ui);
    const float wide = button_width(ui, now);
    const float words = rest.w - 2 * t.space.l - t.px(40) - t.space.l - (phone ? 0 : wide + t.space.l);
    const float text = paragraph_height(ui, t.type.body, line.text, words);
    const float title = paragraph_height(ui, t.type.title, line.title, words);
    const float tall = title + t.space.xs + text + 2 * t.space.l + (phone ? t.space.m + t.size.control : 0);
    const Rect box = rest.cut_top(tall);
    Rect inside = card(ui, box, t.space.l);
    if (phone) {
        const Rect place = inside.cut_bottom(t.size.control);
        inside.cut_bottom(t.space.m);
        if (button(ui, place, now)) {
            intents.push_back(intent::SyncNow{});
        }
    } else {
        if (button(ui, inside.cut_right(wide).centred(wide, t.size.control), now)) {
            intents.push_back(intent::SyncNow{});
        }
        inside.cut_right(t.space.l);
    }
    const Rect badge = inside.cut_left(t.px(40)).centred(t.px(40), t.px(40));
    fill(ui, badge, t.ground(ground_of(line.tone)), t.radius.l);
    draw_icon(ui, badge, line.icon, t.ink(ink_of(line.tone)), t.px(20));
    inside.cut_left(t.space.l);
    inside.cut_top(say_paragraph(ui, inside, line.title, t.type.title, {.heading = 2}));
    inside.cut_top(t.space.xs);
    say_paragraph(ui, inside, line.text, t.type.body, {.ink = Ink::muted});
}

void draw_fact(Ui& ui, Rect& rest, std::string_view name, std::string_view value, bool last) {
    const Theme& t = ui.theme;
    const float half = whole(rest.w * 0.4F);
    const float inner = rest.w - 2 * t.space.l - half - t.space.m;
    const float tall =
        std::max(t.size.control + t.space.s, paragraph_height(ui, t.type.body, value, inner) + 2 * t.space.s);
    Rect row = rest.cut_top(tall);
    if (!last) {
        edge(ui, row.inset(t.space.l, 0), Side::bottom, t.palette->line);
    }
    row = row.inset(t.space.l, 0);
    say_text(ui, row.cut_left(half), name, t.type.body, t.ink(Ink::muted));
    row.cut_left(t.space.m);
    const float text = paragraph_height(ui, t.type.body, value, row.w);
    say_paragraph(ui, row.centred(row.w, text), value, t.type.body, {});
}

void draw_facts(Ui& ui, Rect& rest, const SyncModel& model) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::sync_facts));
    // The card is drawn behind rows of unknown height: measured by cutting twice.
    const std::string contact =
        model.last_contact.empty() ? std::string(ui.texts(Text::sync_never)) : model.last_contact;
    const std::string saved = counted(ui.texts, model.saved, Text::sync_saved_words_one, Text::sync_saved_words);
    const std::string items = ui.texts(Text::sync_items_words, grouped(model.items_on_device));
    const Rect top = rest;
    draw_fact(ui, rest, ui.texts(Text::sync_last_contact), contact, false);
    draw_fact(ui, rest, ui.texts(Text::sync_server), model.server, false);
    draw_fact(ui, rest, ui.texts(Text::sync_saved_count), saved, false);
    draw_fact(ui, rest, ui.texts(Text::sync_items), items, model.storage_words.empty());
    if (!model.storage_words.empty()) {
        draw_fact(ui, rest, ui.texts(Text::sync_storage), model.storage_words, true);
    }
    stroke(ui, {top.x, top.y, top.w, rest.y - top.y}, t.palette->line, t.radius.l);
    rest.cut_top(t.space.m);
    if (model.storage_may_be_lost) {
        const Notice lost{.icon = Icon::triangle_alert, .text = ui.texts(Text::sync_storage_lost), .tone = Tone::warn};
        notice(ui, rest.cut_top(notice_height(ui, lost, rest.w)), lost);
        rest.cut_top(t.space.m);
    }
}

void draw_refused(Ui& ui, Rect& rest, const SyncModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    if (model.refused.empty()) {
        return;
    }
    section_head(ui, rest, ui.texts(Text::sync_refused), grouped(static_cast<int64_t>(model.refused.size())));
    rest.cut_top(say_paragraph(ui, rest, ui.texts(Text::sync_refused_text), t.type.small, {.ink = Ink::muted}));
    rest.cut_top(t.space.s);
    for (const RefusedOperation& refused : model.refused) {
        const ButtonSpec dismiss{.label = ui.texts(Text::sync_dismiss), .small = true};
        const float wide = button_width(ui, dismiss);
        const float words = rest.w - 2 * t.space.l - wide - t.space.m;
        const float tall = t.type.strong.line + paragraph_height(ui, t.type.body, refused.why, words) + 2 * t.space.m;
        Rect inside = card(ui, rest.cut_top(tall), 0).inset(t.space.l, t.space.m);
        rest.cut_top(t.space.s);
        const IdScope scope(refused.operation);
        const std::string name = ui.texts(Text::sync_dismiss_one, refused.what);
        Meaning meaning;
        meaning.role = Role::button;
        meaning.name = name;
        const Rect place = inside.cut_right(wide).centred(wide, t.size.control_small);
        const Item item = interact(ui, place, "dismiss", meaning, {.focus_radius = t.radius.m});
        fill(ui, place, item.hovered ? t.ground(Ground::hover) : 0, t.radius.m);
        stroke(ui, place, t.palette->border, t.radius.m);
        draw_text(ui, place, dismiss.label, t.type.small, t.ink(Ink::text), Align::centre);
        if (item.pressed) {
            intents.push_back(intent::DismissRefused{refused.operation});
        }
        inside.cut_right(t.space.m);
        Rect line = inside.cut_top(t.type.strong.line);
        draw_icon(ui, line.cut_left(t.size.icon), Icon::circle_alert, t.ink(Ink::bad), t.size.icon);
        line.cut_left(t.space.s);
        const float drawn = say_text(ui, line, refused.what, t.type.strong, t.ink(Ink::text));
        line.cut_left(drawn + t.space.s);
        if (text_width(ui, t.type.small, refused.when) < line.w) {
            draw_text(ui, line, refused.when, t.type.small, t.ink(Ink::faint));
        }
        say_paragraph(ui, inside, refused.why, t.type.body, {.ink = Ink::muted});
    }
    rest.cut_top(t.space.l);
}

void draw_export(Ui& ui, Rect& rest, const SyncModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    if (model.waiting == 0 && model.refused.empty()) {
        return;
    }
    const ButtonSpec save{.label = ui.texts(Text::sync_export), .icon = Icon::download};
    if (button(ui, rest.cut_top(t.size.control).cut_left(std::min(rest.w, button_width(ui, save))), save)) {
        intents.push_back(intent::ExportOutbox{});
    }
    rest.cut_top(t.space.xs);
    rest.cut_top(say_paragraph(ui, rest, ui.texts(Text::sync_export_text), t.type.small, {.ink = Ink::faint}));
}

}  // namespace

void draw_sync(Ui& ui, const Rect& area, const SyncModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    enter_scope(ui, Scope::sync);
    const Container region(ui.items, "sync screen", {.role = Role::region, .name = ui.texts(Text::sync_title)},
                           area_of(area));
    Rect rest = area;
    screen_head(ui, rest, ui.texts(Text::sync_title), {});
    ScrollPane pane(ui, rest, "sync");
    const float margin = is_phone(ui) ? t.space.m : t.space.xl;
    const Rect all = pane.content();
    const float wide = std::min(all.w - 2 * margin, t.size.text_column);
    Rect column{all.x + whole((all.w - wide) / 2), all.y + margin, wide, all.h};
    draw_headline(ui, column, model, intents);
    column.cut_top(t.space.l);
    if (!model.problem.empty()) {
        const std::string words = ui.texts(Text::sync_problem, model.problem);
        const Notice problem{.icon = Icon::cloud_off, .text = words, .tone = Tone::warn};
        notice(ui, column.cut_top(notice_height(ui, problem, column.w)), problem);
        column.cut_top(t.space.l);
    }
    draw_refused(ui, column, model, intents);
    draw_facts(ui, column, model);
    column.cut_top(t.space.s);
    draw_export(ui, column, model, intents);
    pane.end_at(column.y + t.space.xl);
}

}  // namespace countersign::shell
