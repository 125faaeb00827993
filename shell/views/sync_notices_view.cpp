// What a person must not miss: notices until they are dismissed, and decisions of theirs that wait for a lead.

#include "core/base/concat.h"
#include "shell/ui/core/item.h"
#include "shell/views/parts.h"
#include "shell/views/sync_parts.h"

namespace countersign::shell {
namespace {

// Icon and words beside each other, the head of a card; what is left of the line at the right is for a button.
struct CardHead {
    Icon icon;
    Tone tone;
    std::string_view title;
    std::string_view faint;
};

void draw_card_head(Ui& ui, Rect line, const CardHead& head) {
    const Theme& t = ui.theme;
    draw_icon(ui, line.cut_left(t.size.icon), head.icon, t.ink(ink_of(head.tone)), t.size.icon);
    line.cut_left(t.space.s);
    const float drawn = say_heading(ui, line, head.title, t.type.strong, 3);
    line.cut_left(drawn + t.space.m);
    if (text_width(ui, t.type.small, head.faint) < line.w) {
        say_text(ui, line, head.faint, t.type.small, t.ink(Ink::faint));
    }
}

class NoticeCard {
public:
    NoticeCard(Ui& ui, const NoticeModel& model, float width, bool first)
        : ui_(ui), model_(model), scope_(model.no), inner_(width - 2 * ui.theme.space.l), first_(first) {
        const Theme& t = ui.theme;
        indent_ = is_phone(ui) ? 0 : t.size.icon + t.space.s;
    }

    float height() const {
        const Theme& t = ui_.theme;
        const float words = paragraph_height(ui_, t.type.body, model_.words, inner_ - indent_);
        const float items = model_.items.empty() ? 0
                                                 : t.space.m + t.type.small.line + t.space.xs +
                                                       item_links_height(ui_, inner_ - indent_, model_.items);
        return 2 * t.space.m + t.size.control_small + t.space.xs + words + items;
    }

    void draw(const Rect& box, Intents& intents) {
        const Theme& t = ui_.theme;
        const Container region(ui_.items, "notice",
                               {.role = model_.alarm ? Role::alert : Role::region, .name = model_.title}, area_of(box));
        const Tone tone = model_.alarm ? Tone::bad : Tone::warn;
        fill(ui_, box, t.ground(Ground::surface), t.radius.l);
        stroke(ui_, box, model_.alarm ? t.ink(Ink::bad) : t.palette->line, t.radius.l);
        Rect rest = box.inset(t.space.l, t.space.m);
        Rect line = rest.cut_top(t.size.control_small);
        const std::string name = ui_.texts(Text::sync_dismiss_one, model_.title);
        ButtonSpec dismiss{.label = ui_.texts(Text::sync_dismiss), .description = name, .small = true};
        if (first_) {
            dismiss.command = Command::dismiss_notice;
        }
        const float wide = button_width(ui_, dismiss);
        if (button(ui_, line.cut_right(wide), dismiss)) {
            intents.push_back(intent::DismissNotice{model_.no});
        }
        line.cut_right(t.space.m);
        const std::string faint = model_.project.empty()
                                      ? model_.when
                                      : concat(model_.when, "  ·  ", ui_.texts(Text::sync_in_project, model_.project));
        draw_card_head(ui_, line, {model_.alarm ? Icon::shield_alert : Icon::bell, tone, model_.title, faint});
        rest.cut_top(t.space.xs);
        rest.cut_left(indent_);
        rest.cut_top(say_paragraph(ui_, rest, model_.words, t.type.body, {.ink = Ink::muted}));
        if (model_.items.empty()) {
            return;
        }
        rest.cut_top(t.space.m);
        say_text(ui_, rest.cut_top(t.type.small.line), ui_.texts(Text::sync_notice_items), t.type.small,
                 t.ink(Ink::faint));
        rest.cut_top(t.space.xs);
        item_links(ui_, rest, model_.items, intents);
    }

private:
    Ui& ui_;
    const NoticeModel& model_;
    const IdScope scope_;
    float inner_;
    float indent_ = 0;
    bool first_;
};

}  // namespace

void draw_notices(Ui& ui, Rect& rest, const SyncModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    if (model.notices.empty()) {
        return;
    }
    section_head(ui, rest, ui.texts(Text::sync_notices), grouped(static_cast<int64_t>(model.notices.size())));
    for (size_t i = 0; i < model.notices.size(); ++i) {
        NoticeCard notice_card(ui, model.notices[i], rest.w, i == 0);
        notice_card.draw(rest.cut_top(notice_card.height()), intents);
        rest.cut_top(t.space.s);
    }
    rest.cut_top(t.space.l);
}

void draw_waiting_decisions(Ui& ui, Rect& rest, const SyncModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    if (model.waiting.empty()) {
        return;
    }
    section_head(ui, rest, ui.texts(Text::sync_waiting_for_lead), grouped(static_cast<int64_t>(model.waiting.size())));
    rest.cut_top(
        say_paragraph(ui, rest, ui.texts(Text::sync_waiting_for_lead_text), t.type.small, {.ink = Ink::muted}));
    rest.cut_top(t.space.s);
    for (const WaitingDecision& waiting : model.waiting) {
        const IdScope scope(waiting.operation);
        const float indent = t.size.icon + t.space.s;
        const float words = paragraph_height(ui, t.type.body, waiting.why, rest.w - 2 * t.space.l - indent);
        Rect inside = card(ui, rest.cut_top(t.type.strong.line + t.space.xs + words + 2 * t.space.m), 0)
                          .inset(t.space.l, t.space.m);
        rest.cut_top(t.space.s);
        Rect line = inside.cut_top(t.type.strong.line);
        draw_icon(ui, line.cut_left(t.size.icon), icon_of(Standing::quarantined),
                  t.ink(ink_of(tone_of(Standing::quarantined))), t.size.icon);
        line.cut_left(t.space.s);
        const float id = whole(text_width(ui, t.type.mono, waiting.item)) + 1;
        if (link(ui, line.cut_left(id), waiting.item, t.type.mono)) {
            intents.push_back(intent::OpenItem{waiting.item});
        }
        line.cut_left(t.space.m);
        const float when = whole(text_width(ui, t.type.small, waiting.when)) + 1;
        say_text(ui, line.cut_right(std::min(when, line.w / 2)), waiting.when, t.type.small, t.ink(Ink::faint),
                 Align::right);
        line.cut_right(t.space.s);
        say_text(ui, line, waiting.what, t.type.control, t.ink(Ink::text));
        inside.cut_top(t.space.xs);
        inside.cut_left(indent);
        say_paragraph(ui, inside, waiting.why, t.type.body, {.ink = Ink::muted});
    }
    rest.cut_top(t.space.l);
}

}  // namespace countersign::shell
