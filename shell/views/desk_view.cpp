#include "shell/views/desk_view.h"

#include "shell/ui/widgets/panel.h"
#include "shell/views/parts.h"
#include "shell/views/screens.h"

namespace countersign::shell {
namespace {

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

constexpr float kSidebarWithWords = 1100;  // CSS pixels of the window
constexpr float kSidebarBesideReview = 1360;

bool before_sign_in(const DeskModel& model) {
    return std::holds_alternative<SignInModel>(model.screen) || std::holds_alternative<StartingModel>(model.screen);
}

Place place_of(const DeskModel& model) {
    if (std::holds_alternative<QuickModel>(model.screen)) {
        return Place::quick;
    }
    if (std::holds_alternative<DoneModel>(model.screen)) {
        return Place::done;
    }
    if (std::holds_alternative<SettleModel>(model.screen)) {
        return Place::settle;
    }
    if (std::holds_alternative<TiersModel>(model.screen)) {
        return Place::tiers;
    }
    return std::holds_alternative<SyncModel>(model.screen) ? Place::sync : Place::queue;
}

void draw_screen(Ui& ui, const Rect& area, const DeskModel& model, Intents& intents) {
    std::visit(Overloaded{
                   [&](const StartingModel& m) { draw_starting(ui, area, m, intents); },
                   [&](const SignInModel& m) { draw_sign_in(ui, area, m, intents); },
                   [&](const QueueModel& m) { draw_queue(ui, area, m, intents); },
                   [&](const QuickModel& m) { draw_quick(ui, area, m, intents); },
                   [&](const FullModel& m) { draw_full(ui, area, m, intents); },
                   [&](const DoneModel& m) { draw_done(ui, area, m, intents); },
                   [&](const SyncModel& m) { draw_sync(ui, area, m, intents); },
                   [&](const SettleModel& m) { draw_settle(ui, area, m, intents); },
                   [&](const TiersModel& m) { draw_tiers(ui, area, m, intents); },
               },
               model.screen);
}

void take_commands_of_everywhere(Ui& ui, const DeskModel& model, Intents& intents) {
    if (ui.commanded(Command::show_keys)) {
        intents.push_back(intent::ShowKeys{true});
    }
    if (before_sign_in(model)) {
        return;
    }
    const auto go = [&](Command command, Place place) {
        if (ui.commanded(command)) {
            intents.push_back(intent::Go{place});
        }
    };
    go(Command::go_queue, Place::queue);
    go(Command::go_quick, Place::quick);
    go(Command::go_done, Place::done);
    go(Command::go_sync, Place::sync);
    if (model.navigation.can_settle) {
        go(Command::go_settle, Place::settle);
        go(Command::go_tiers, Place::tiers);
    }
}

// Until it is read, over every screen but the one where it is read.
void draw_notice_banner(Ui& ui, Rect& area, const DeskModel& model, Intents& intents) {
    const NavigationModel& navigation = model.navigation;
    if (navigation.notice_words.empty() || std::holds_alternative<SyncModel>(model.screen)) {
        return;
    }
    const Theme& t = ui.theme;
    const Notice spec{.icon = navigation.alarm ? Icon::shield_alert : Icon::bell,
                      .text = navigation.notice_words,
                      .tone = navigation.alarm ? Tone::bad : Tone::warn,
                      .action = ui.texts(Text::nav_read)};
    Rect place = area.cut_top(notice_height(ui, spec, area.w - 2 * t.space.l) + t.space.s);
    place.cut_top(t.space.s);
    if (notice(ui, place.inset(t.space.l, 0), spec)) {
        intents.push_back(intent::Go{Place::sync});
    }
}

void draw_offline_banner(Ui& ui, Rect& area, const NavigationModel& model, Intents& intents) {
    if (model.offline_words.empty()) {
        return;
    }
    const Theme& t = ui.theme;
    const Notice spec{.icon = Icon::cloud_off,
                      .text = model.offline_words,
                      .tone = Tone::warn,
                      .action = model.signed_out ? ui.texts(Text::sign_in_again) : std::string_view()};
    const float tall = notice_height(ui, spec, area.w - 2 * t.space.l);
    Rect place = area.cut_top(tall + t.space.s);
    place.cut_top(t.space.s);
    if (notice(ui, place.inset(t.space.l, 0), spec)) {
        intents.push_back(intent::SignInAgain{});
    }
}

}  // namespace

void draw_desk(Ui& ui, const DeskModel& model, Intents& intents) {
    const Theme& t = ui.theme;
    Rect area = ui.window;
    fill(ui, area, t.ground(Ground::canvas));
    const bool signed_in = !before_sign_in(model);
    const auto* queue = std::get_if<QueueModel>(&model.screen);
    const bool taking = queue != nullptr && queue->take_along.has_value();
    ui.blocked = model.show_keys || taking;
    take_commands_of_everywhere(ui, model, intents);
    if (signed_in) {
        const bool review = std::holds_alternative<FullModel>(model.screen);
        const Place place = place_of(model);
        if (is_phone(ui)) {
            draw_tab_bar(ui, area, model.navigation, place, intents);
        } else {
            const float wanted = review ? kSidebarBesideReview : kSidebarWithWords;
            draw_sidebar(ui, area, model.navigation, place, area.w < t.px(wanted), intents);
            fill(ui, area, t.ground(Ground::surface));
            draw_status_line(ui, area, model.navigation, model);
        }
        if (is_phone(ui)) {
            fill(ui, area, t.ground(Ground::surface));
        }
        draw_notice_banner(ui, area, model, intents);
        draw_offline_banner(ui, area, model.navigation, intents);
    }
    draw_screen(ui, area, model, intents);
    if (!model.toast.words.empty()) {
        const std::string_view undo = model.toast.can_undo ? ui.texts(Text::command_undo) : std::string_view();
        if (toast(ui, area, model.toast.words, undo, Command::undo)) {
            intents.push_back(intent::Undo{});
        }
    }
    if (taking && !model.show_keys) {
        draw_take_along(ui, *queue->take_along, intents);
    }
    if (model.show_keys) {
        draw_keys(ui, intents);
    }
}

}  // namespace countersign::shell
