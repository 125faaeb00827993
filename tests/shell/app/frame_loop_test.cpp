#include "shell/app/frame_loop.h"

#include <catch_amalgamated.hpp>

#include "shell/ui/core/paint.h"
#include "shell/ui/core/text.h"
#include "shell/ui/widgets/button.h"
#include "shell/ui/widgets/field.h"
#include "tests/shell/headless/headless.h"

namespace {

using namespace countersign;
using namespace countersign::shell;
using tests::Headless;

bool draw_little(Ui& ui) {
    enter_scope(ui, Scope::quick);
    fill(ui, ui.window, ui.theme.ground(Ground::canvas));
    button(ui, {20, 20, 120, 32}, {.label = "Accept"});
    return false;
}

TEST_CASE("an event is followed by three frames and then by nothing at all") {
    Headless desk(draw_little, {400, 300, 1});
    const uint64_t before = desk.loop.frames_drawn();
    desk.move(60, 30);
    CHECK(desk.loop.frames_drawn() == before + 3);
    CHECK_FALSE(desk.host.wanted_ms.has_value());
    for (int i = 0; i < 50; i++) {
        desk.clock.elapsed_us += 100'000;
        desk.loop.frame(draw_little);
    }
    CHECK(desk.loop.frames_drawn() == before + 3);
    CHECK_FALSE(desk.host.wanted_ms.has_value());
}

TEST_CASE("a screen at rest is neither presented nor described again") {
    Headless desk(draw_little, {400, 300, 1});
    const int presented = desk.picture.presented;
    const int described = desk.host.trees_shown;
    desk.loop.request_frame();
    CHECK(desk.settle() > 0);
    CHECK(desk.picture.presented == presented);
    CHECK(desk.host.trees_shown == described);
}

TEST_CASE("commands typed faster than frames are applied one by one, each to what the one before left") {
    std::vector<int> decided;
    int card = 0;
    Headless desk(
        [&](Ui& ui) {
            enter_scope(ui, Scope::quick);
            if (ui.commanded(Command::accept)) {
                decided.push_back(card);
                card++;
                return true;
            }
            return false;
        },
        {400, 300, 1});
    for (int i = 0; i < 7; i++) {
        desk.loop.handle(KeyChanged{Key::a, true, {}});
        desk.loop.handle(KeyChanged{Key::a, false, {}});
    }
    desk.host.wanted_ms.reset();
    const uint64_t before = desk.loop.frames_drawn();
    desk.loop.frame([&](Ui& ui) {
        enter_scope(ui, Scope::quick);
        if (ui.commanded(Command::accept)) {
            decided.push_back(card);
            card++;
            return true;
        }
        return false;
    });
    CHECK(decided == std::vector<int>{0, 1, 2, 3, 4, 5, 6});
    CHECK(desk.loop.frames_drawn() == before + 1);  // all of it within one picture
}

TEST_CASE("a command that opens or closes something is followed by the commands of what is there then") {
    bool open = true;
    int accepted = 0;
    Headless desk(
        [&](Ui& ui) {
            enter_scope(ui, Scope::quick);
            if (open) {
                enter_scope(ui, Scope::dialog);
                open = !ui.commanded(Command::close);
                return !open;
            }
            accepted += ui.commanded(Command::accept) ? 1 : 0;
            return false;
        },
        {400, 300, 1});
    desk.loop.handle(KeyChanged{Key::escape, true, {}});
    desk.loop.handle(KeyChanged{Key::escape, false, {}});
    desk.loop.handle(KeyChanged{Key::a, true, {}});
    desk.settle();
    CHECK_FALSE(open);
    CHECK(accepted == 1);
}

TEST_CASE("a frame that changes the model is drawn again before anybody sees it") {
    int value = 0;
    Headless desk(
        [&](Ui& ui) {
            say_text(ui, {10, 10, 100, 20}, value == 0 ? "before" : "after", ui.theme.type.body,
                     ui.theme.ink(Ink::text));
            if (button(ui, {10, 40, 100, 32}, {.label = "Go"})) {
                value = 1;
                return true;
            }
            return false;
        },
        {300, 200, 1});
    CHECK(desk.find(Role::text, "before") != nullptr);
    REQUIRE(desk.act(Role::button, "Go", NodeActed::Action::activate));
    CHECK(desk.find(Role::text, "after") != nullptr);
}

TEST_CASE("nothing is drawn while the desk cannot be seen, and everything when it can again") {
    Headless desk(draw_little, {400, 300, 1});
    desk.loop.handle(VisibilityChanged{false});
    desk.settle();
    const uint64_t before = desk.loop.frames_drawn();
    desk.move(50, 30);
    CHECK(desk.loop.frames_drawn() == before);
    desk.loop.handle(VisibilityChanged{true});
    desk.settle();
    CHECK(desk.loop.frames_drawn() > before);
}

TEST_CASE("positions of pointer, nodes and caret are CSS pixels at any pixel ratio, and the picture device pixels") {
    const float scale = GENERATE(1.0F, 1.25F, 1.5F, 2.0F, 3.0F);
    std::string value;
    int pressed = 0;
    Headless desk(
        [&](Ui& ui) {
            const auto px = [&](float css) { return ui.theme.px(css); };
            pressed += button(ui, {px(200), px(100), px(80), px(32)}, {.label = "Press"}) ? 1 : 0;
            const FieldResult field =
                text_field(ui, {px(20), px(20), px(200), px(32)}, {.key = "f", .name = "Field", .value = value});
            value = field.changed.value_or(value);
            return field.changed.has_value();
        },
        {320, 200, scale});
    INFO("scale " << scale);
    CHECK(desk.picture.width == static_cast<int32_t>(320 * scale));
    CHECK(desk.find(Role::button, "Press")->x == Catch::Approx(200));
    CHECK(desk.find(Role::button, "Press")->width == Catch::Approx(80));
    desk.click(240, 116);
    CHECK(pressed == 1);
    desk.click(60, 36);
    REQUIRE(desk.host.text_input.has_value());
    CHECK(desk.host.text_input->x > 20);
    CHECK(desk.host.text_input->x < 60);
}

TEST_CASE("a key typed right after Escape has left a field is a command, not the field's text") {
    std::string value;
    int commanded = 0;
    const auto draw = [&](Ui& ui) {
        enter_scope(ui, Scope::queue);
        const FieldResult field = text_field(ui, {20, 20, 200, 32}, {.key = "f", .name = "Field", .value = value});
        value = field.changed.value_or(value);
        commanded += ui.commanded(Command::show_keys) ? 1 : 0;
        return field.changed.has_value();
    };
    Headless desk(draw, {320, 200, 1});
    desk.click(60, 36);
    desk.type("hole");
    REQUIRE(value == "hole");
    // All within one batch, as from a busy machine.
    desk.loop.handle(KeyChanged{Key::escape, true, {}});
    desk.loop.handle(KeyChanged{Key::escape, false, {}});
    desk.loop.handle(KeyChanged{Key::question, true, {.shift = true}});
    desk.loop.handle(TextEntered{"?"});
    desk.settle();
    CHECK(value == "hole");
    CHECK(commanded == 1);
}

TEST_CASE("the appearance follows the system until a person chooses") {
    Headless desk(draw_little, {100, 100, 1});
    const auto corner = [&] { return desk.picture.rgba[4 * 99]; };
    const uint8_t light = corner();
    desk.loop.handle(AppearanceChanged{true, false, false});
    desk.settle();
    CHECK(corner() < 64);
    desk.loop.choose_appearance(Appearance::light);
    desk.settle();
    CHECK(corner() == light);
    desk.loop.choose_appearance(std::nullopt);
    desk.settle();
    CHECK(corner() < 64);
}

TEST_CASE("the renderer may be replaced between frames; the picture is the same") {
    Headless desk(draw_little, {300, 200, 1});
    const std::vector<uint8_t> before = desk.picture.rgba;
    tests::Picture other;
    desk.loop.use_renderer(make_cpu_renderer(other));
    desk.settle();
    CHECK((other.rgba == before));
}

TEST_CASE("two desks in one process do not disturb each other") {
    Headless one(draw_little, {300, 200, 1});
    Headless two(draw_little, {300, 200, 2});
    one.move(60, 30);
    two.move(60, 30);
    CHECK(one.picture.width == 300);
    CHECK(two.picture.width == 600);
    CHECK(one.find(Role::button, "Accept") != nullptr);
}

TEST_CASE("a missing code point is drawn as a box with its number; invisible ones take no room") {
    float known = 0;
    float missing = 0;
    float joiner = 1;
    Headless desk(
        [&](Ui& ui) {
            const TextStyle& style = ui.theme.type.body;
            known = text_width(ui, style, "A");
            missing = text_width(ui, style, "\U0001F642");
            joiner = text_width(ui, style, "\u200d");
            draw_text(ui, {10, 10, 200, 30}, "\U0001F642 \u65e5", style, ui.theme.ink(Ink::text));
            return false;
        },
        {300, 100, 1});
    CHECK(known > 5);
    CHECK(missing > known);
    CHECK(joiner == 0);
}

TEST_CASE("figures have one width in every weight of the text face") {
    bool same = true;
    Headless desk(
        [&](Ui& ui) {
            for (const TextStyle& style : {ui.theme.type.body, ui.theme.type.control, ui.theme.type.strong}) {
                for (char digit = '0'; digit <= '9'; digit++) {
                    same = same && text_width(ui, style, std::string_view(&digit, 1)) == text_width(ui, style, "0");
                }
            }
            return false;
        },
        {100, 100, 1});
    CHECK(same);
}

}  // namespace
