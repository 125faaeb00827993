#include <array>

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/ui/widgets/scroll.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"
#include "shell/views/sync_parts.h"

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
    if (model.decisions.on_device > 0) {
        Headline line{Icon::hard_drive, model.online ? Tone::accent : Tone::warn, {}, {}};
        line.title = model.decisions.on_device == 1 ? std::string(texts(Text::sync_waiting_one))
                                                    : texts(Text::sync_waiting, grouped(model.decisions.on_device));
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
                         .command = Command::sync_now,
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

// Four steps, each more than the one before: what each means, and how many decisions stand there.
void draw_levels(Ui& ui, Rect& rest, const SyncModel& model) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::sync_levels));
    const LevelCounts& counts = model.decisions;
    const std::array steps{std::pair{Level::on_device, counts.on_device}, std::pair{Level::saved, counts.saved},
                           std::pair{Level::sealed, counts.sealed}, std::pair{Level::stable, counts.stable}};
    const Rect top = rest;
    const Container list(ui.items, "levels", {.role = Role::list, .name = ui.texts(Text::sync_levels)}, area_of(rest));
    int32_t position = 0;
    for (const auto& [level, count] : steps) {
        const std::string number = counted(ui.texts, count, Text::sync_level_count_one, Text::sync_level_count);
        const std::string_view meaning = ui.texts(explanation_of(level));
        const float number_wide = whole(text_width(ui, t.type.control, number)) + 1;
        const float inner = rest.w - 2 * t.space.l;
        const float words = inner - t.size.icon - t.space.m - number_wide - t.space.l;
        const float text = paragraph_height(ui, t.type.small, meaning, words);
        Rect row = rest.cut_top(2 * t.space.s + t.type.control.line + t.space.xxs + text);
        ui.items.add({.role = Role::listitem,
                      .name = ui.texts(words_of(level)),
                      .value = number,
                      .description = meaning,
                      .position = ++position,
                      .set_size = static_cast<int32_t>(steps.size())},
                     area_of(row));
        if (position < static_cast<int32_t>(steps.size())) {
            edge(ui, row.inset(t.space.l, 0), Side::bottom, t.palette->line);
        }
        row = row.inset(t.space.l, t.space.s);
        const bool any = count > 0;
        draw_text(ui, row.cut_right(number_wide), number, t.type.control, t.ink(any ? Ink::text : Ink::faint),
                  Align::right);
        row.cut_right(t.space.l);
        const Rect icon = row.cut_left(t.size.icon);
        draw_icon(ui, {icon.x, icon.y, icon.w, t.type.control.line}, icon_of(level),
                  t.ink(any ? ink_of(tone_of(level)) : Ink::faint), t.size.icon);
        row.cut_left(t.space.m);
        draw_text(ui, row.cut_top(t.type.control.line), ui.texts(words_of(level)), t.type.control, t.ink(Ink::text));
        row.cut_top(t.space.xxs);
        for (const TextLine& line : wrap(ui, t.type.small, meaning, row.w)) {
            draw_text(ui, row.cut_top(t.type.small.line), meaning.substr(line.begin, line.end - line.begin),
                      t.type.small, t.ink(Ink::muted));
        }
    }
    stroke(ui, {top.x, top.y, top.w, rest.y - top.y}, t.palette->line, t.radius.l);
    rest.cut_top(t.space.xl);
}

void draw_facts(Ui& ui, Rect& rest, const SyncModel& model) {
    const Theme& t = ui.theme;
    section_head(ui, rest, ui.texts(Text::sync_facts));
    // The card is drawn behind rows of unknown height: measured by cutting twice.
    std::vector<std::pair<std::string_view, std::string>> facts{
        {ui.texts(Text::sync_last_contact),
         model.last_contact.empty() ? std::string(ui.texts(Text::sync_never)) : model.last_contact},
        {ui.texts(Text::sync_server), model.server},
        {ui.texts(Text::sync_items), ui.texts(Text::sync_items_words, grouped(model.items_on_device))}};
    if (!model.storage_words.empty()) {
        facts.emplace_back(ui.texts(Text::sync_storage), model.storage_words);
    }
    if (!model.storage_kept_words.empty()) {
        facts.emplace_back(ui.texts(Text::sync_storage_kept), model.storage_kept_words);
    }
    const Rect top = rest;
    for (size_t i = 0; i < facts.size(); ++i) {
        draw_fact(ui, rest, facts[i].first, facts[i].second, i + 1 == facts.size());
    }
    stroke(ui, {top.x, top.y, top.w, rest.y - top.y}, t.palette->line, t.radius.l);
    rest.cut_top(t.space.m);
    if (model.storage_may_be_lost) {
        const Notice lost{.icon = Icon::triangle_alert, .text = ui.texts(Text::sync_storage_lost), .tone = Tone::warn};
        notice(ui, rest.cut_top(notice_height(ui, lost, rest.w)), lost);
        rest.cut_top(t.space.m);
    }
    rest.cut_top(t.space.m);
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
    draw_notices(ui, column, model, intents);
    draw_waiting_decisions(ui, column, model, intents);
    draw_levels(ui, column, model);
    draw_facts(ui, column, model);
    draw_outbox_file(ui, column, model, intents);
    pane.end_at(column.y + t.space.xl);
}

}  // namespace countersign::shell
