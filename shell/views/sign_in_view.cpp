// Before the desk: starting, signing in, the demo.

#include "shell/ui/widgets/field.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

constexpr float kWidth = 360;  // CSS pixels

void draw_brand(Ui& ui, Rect& rest) {
    const Theme& t = ui.theme;
    const Rect mark = rest.cut_top(t.px(44)).centred(t.px(44), t.px(44));
    fill(ui, mark, t.palette->accent.ground, t.radius.l);
    draw_icon(ui, mark, Icon::check_check, t.palette->accent.ink, t.px(26));
    rest.cut_top(t.space.l);
}

void draw_centred_heading(Ui& ui, Rect& rest, std::string_view words) {
    const Theme& t = ui.theme;
    const Rect line = rest.cut_top(t.type.headline.line);
    ui.items.add({.role = Role::heading, .name = words, .level = 1}, area_of(line));
    draw_text(ui, line, words, t.type.headline, t.ink(Ink::text), Align::centre);
    rest.cut_top(t.space.xs);
}

// Words above a field.
void draw_field_name(Ui& ui, Rect& rest, std::string_view words) {
    const Theme& t = ui.theme;
    draw_text(ui, rest.cut_top(t.type.small.line), words, t.type.small, t.ink(Ink::muted));
    rest.cut_top(t.space.xs);
}

void draw_problem(Ui& ui, Rect& rest, Icon icon, std::string_view words, Tone tone) {
    const Notice spec{.icon = icon, .text = words, .tone = tone};
    notice(ui, rest.cut_top(notice_height(ui, spec, rest.w)), spec);
    rest.cut_top(ui.theme.space.l);
}

void draw_demo(Ui& ui, Rect rest, const SignInModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    draw_centred_heading(ui, rest, ui.texts(Text::demo_title));
    rest.cut_top(t.space.xs);
    const std::string words = ui.texts(Text::demo_text, model.demo_words);
    rest.cut_top(say_paragraph(ui, rest, words, t.type.body, {.ink = Ink::muted, .align = Align::centre}));
    rest.cut_top(t.space.xl);
    if (!model.problem.empty()) {
        draw_problem(ui, rest, Icon::circle_alert, model.problem, Tone::bad);
    }
    const std::string_view label = model.busy ? ui.texts(Text::sign_in_busy) : ui.texts(Text::demo_button);
    if (button(ui, rest.cut_top(t.px(40)), {.label = label, .kind = ButtonKind::primary, .enabled = !model.busy})) {
        intents.push_back(intent::OpenDemo{});
    }
}

void draw_form(Ui& ui, Rect rest, const SignInModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    draw_centred_heading(ui, rest, ui.texts(Text::sign_in_title));
    const std::string server = ui.texts(Text::sign_in_to, model.server);
    say_text(ui, rest.cut_top(t.type.body.line), server, t.type.body, t.ink(Ink::muted), Align::centre);
    rest.cut_top(t.space.xl);
    if (model.offline) {
        draw_problem(ui, rest, Icon::cloud_off, ui.texts(Text::sign_in_offline), Tone::warn);
    }
    if (!model.problem.empty()) {
        draw_problem(ui, rest, Icon::circle_alert, model.problem, Tone::bad);
    }
    draw_field_name(ui, rest, ui.texts(Text::sign_in_name));
    const FieldResult name = text_field(ui, rest.cut_top(t.size.control),
                                        {.key = "name",
                                         .name = ui.texts(Text::sign_in_name),
                                         .value = model.name,
                                         .required = true,
                                         .focus_now = true});
    if (name.changed) {
        intents.push_back(intent::NameTyped{*name.changed});
    }
    rest.cut_top(t.space.m);
    draw_field_name(ui, rest, ui.texts(Text::sign_in_password));
    const FieldResult password = text_field(ui, rest.cut_top(t.size.control),
                                            {.key = "password",
                                             .name = ui.texts(Text::sign_in_password),
                                             .value = model.password,
                                             .password = true,
                                             .required = true,
                                             .invalid = !model.problem.empty()});
    if (password.changed) {
        intents.push_back(intent::PasswordTyped{*password.changed});
    }
    rest.cut_top(t.space.l);
    const std::string_view label = model.busy ? ui.texts(Text::sign_in_busy) : ui.texts(Text::sign_in_button);
    const bool pressed =
        button(ui, rest.cut_top(t.px(40)), {.label = label, .kind = ButtonKind::primary, .enabled = !model.busy});
    if (pressed || name.submitted || password.submitted) {
        intents.push_back(intent::SignIn{});
    }
}

}  // namespace

void draw_starting(Ui& ui, const Rect& area, const StartingModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    if (!model.problem.empty()) {
        const LoadModel failed{LoadModel::State::failed, model.problem};
        draw_unready(ui, area, failed, {}, intents);
        return;
    }
    Rect rest = area.centred(std::min(area.w - 2 * t.space.l, t.px(kWidth)), t.px(140));
    draw_brand(ui, rest);
    ui.items.add({.role = Role::status, .name = model.words}, area_of(rest));
    draw_text(ui, rest.cut_top(t.type.body.line), model.words, t.type.body, t.ink(Ink::muted), Align::centre);
    rest.cut_top(t.space.m);
    if (model.total > 0) {
        const Rect bar = rest.cut_top(t.size.bar);
        progress_bar(ui, bar.centred(std::min(bar.w, t.px(200)), t.size.bar), model.words, model.done, model.total);
    }
}

void draw_sign_in(Ui& ui, const Rect& area, const SignInModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    const float wide = std::min(area.w - 2 * t.space.l, t.px(kWidth));
    const float tall = t.px(model.is_demo ? 320 : 420);
    Rect rest = area.centred(wide, std::min(tall, area.h - t.space.l));
    draw_brand(ui, rest);
    if (model.is_demo) {
        draw_demo(ui, rest, model, intents);
    } else {
        draw_form(ui, rest, model, intents);
    }
    Rect foot = area;
    foot = foot.cut_bottom(t.space.xxxl);
    draw_text(ui, foot, ui.texts(Text::tagline), t.type.small, t.ink(Ink::faint), Align::centre);
}

}  // namespace countersign::shell
