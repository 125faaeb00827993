#include <array>

#include <catch_amalgamated.hpp>
#include <imgui.h>
#include <imgui_internal.h>

#include "shell/ui/widgets/button.h"
#include "shell/ui/widgets/choice.h"
#include "shell/ui/widgets/meter.h"
#include "shell/ui/widgets/panel.h"
#include "shell/ui/widgets/scroll.h"
#include "shell/ui/widgets/select.h"
#include "tests/shell/headless/headless.h"
#include "tests/support/approval.h"

namespace {

using namespace countersign;
using namespace countersign::shell;
using tests::Headless;

// One of everything.
struct Shop {
    int pressed = 0;
    int dangerous = 0;
    bool checked = false;
    int answer = -1;
    int verdict = 0;
    int status = 0;
    bool chip_on = false;
    bool dialog = false;
    bool ready = true;
    std::string hint = "What it does";

    Headless desk{[this](Ui& ui) { return draw(ui); }, {700, 600, 1}};

    bool draw(Ui& ui) {
        enter_scope(ui, Scope::quick);
        ui.blocked = dialog;
        const Container region(ui.items, "shop", {.role = Role::region, .name = "Shop"}, {0, 0, 700, 600});
        pressed += button(ui, {10, 10, 140, 32},
                          {.label = "Accept",
                           .kind = ButtonKind::primary,
                           .command = Command::accept,
                           .enabled = ready,
                           .description = hint})
                       ? 1
                       : 0;
        dangerous += button(ui, {160, 10, 140, 32}, {.label = "Delete", .kind = ButtonKind::danger}) ? 1 : 0;
        icon_button(ui, {310, 10, 32, 32}, Icon::x, {.label = "Close the panel", .kind = ButtonKind::plain});
        checked ^= check_box(ui, {10, 60, 200, 24}, "Only mine", checked);
        const std::array answers{Segment{.label = "Yes"}, Segment{.label = "No"}, Segment{.label = "n. a."}};
        answer = segments(ui, {10, 100, 220, 32},
                          {.key = "answer", .name = "Is it in force?", .segments = answers, .chosen = answer})
                     .value_or(answer);
        const std::array verdicts{Option{.label = "Accept it"}, Option{.label = "Reject it"},
                                  Option{.label = "Pass it on"}};
        verdict = radio_list(ui, {10, 150, 300, 120},
                             {.key = "verdict", .name = "Decision", .options = verdicts, .chosen = verdict})
                      .value_or(verdict);
        const std::array statuses{Option{.label = "Any"}, Option{.label = "Open"}, Option{.label = "Decided"}};
        status = select(ui, {320, 100, 160, 32},
                        {.key = "status", .name = "Status", .empty = {}, .options = statuses, .chosen = status})
                     .value_or(status);
        chip_on ^= chip(ui, {10, 290, 160, 26}, "Text is unclear", chip_on, "unclear");
        meter(ui, {10, 330, 200, 10},
              {.name = "Confidence", .words = "71 %", .value_ppm = 710'000, .threshold_ppm = 800'000});
        progress_bar(ui, {10, 350, 200, 4}, "Progress", 41, 148);
        label_badge(ui, {10, 370, 18, 18}, "5", 5, "Danger to life");
        tier_badge(ui, {40, 370, 18, 18}, TierMark::full, "Full review");
        due_pill(ui, {70, 370, 120, 20}, "12 min left", Urgency::soon);
        pill(ui, {200, 370, 120, 20}, "Demo", Tone::accent);
        notice(ui, {10, 400, 400, 42}, {.text = "Offline since 11:58.", .tone = Tone::warn, .action = "Retry"});
        if (dialog) {
            const Dialog box(ui, {.key = "box", .title = "Really?", .width = 300, .height = 200});
            dialog = !(button(ui, {300, 320, 100, 32}, {.label = "Yes, do"}) || box.wants_to_close());
        }
        return false;
    }

    void again() {
        desk.loop.request_frame();
        desk.settle();
    }
};

TEST_CASE("every widget says what it is, what it is called and how it stands") {
    Shop shop;
    CHECK(shop.desk.loop.items().faults().empty());
    const std::string difference = tests::differs_from_approved("widgets_outline.txt", shop.desk.outline());
    INFO(difference);
    CHECK(difference.empty());
}

TEST_CASE("a button is pressed by pointer, by its key, by Enter when it has the focus, and by its node") {
    Shop shop;
    shop.desk.click(Role::button, "Accept");
    CHECK(shop.pressed == 1);
    shop.desk.press(Key::a);
    CHECK(shop.pressed == 2);
    shop.desk.press(Key::tab);
    CHECK(shop.desk.find(Role::button, "Accept")->state.focused);
    shop.desk.press(Key::enter);
    CHECK(shop.pressed == 3);
    shop.desk.press(Key::space);
    CHECK(shop.pressed == 4);
    shop.desk.act(Role::button, "Accept", NodeActed::Action::activate);
    CHECK(shop.pressed == 5);
}

TEST_CASE("a disabled button is pressed by nothing, and an action on its node is reported as not reached") {
    Shop shop;
    shop.ready = false;
    shop.again();
    CHECK(shop.desk.find(Role::button, "Accept")->state.disabled);
    shop.desk.click(Role::button, "Accept");
    shop.desk.press(Key::a);
    shop.desk.loop.handle(NodeActed{shop.desk.find(Role::button, "Accept")->id, NodeActed::Action::activate, {}});
    shop.desk.settle();
    CHECK(shop.pressed == 0);
}

TEST_CASE("Tab walks through widgets in reading order and a screen reader can put the focus anywhere") {
    Shop shop;
    std::vector<std::string> names;
    for (int i = 0; i < 5; i++) {
        shop.desk.press(Key::tab);
        for (const Node& node : shop.desk.host.tree.nodes) {
            if (node.state.focused) {
                names.push_back(node.name);
            }
        }
    }
    CHECK(names == std::vector<std::string>{"Accept", "Delete", "Close the panel", "Only mine", "Yes"});
    shop.desk.act(Role::checkbox, "Text is unclear", NodeActed::Action::focus);
    CHECK(shop.desk.find(Role::checkbox, "Text is unclear")->state.focused);
    shop.desk.press(Key::space);
    CHECK(shop.chip_on);
}

TEST_CASE("choices are made by pointer, by node and by arrow keys") {
    Shop shop;
    shop.desk.click(Role::radio, "No");
    CHECK(shop.answer == 1);
    CHECK(shop.desk.find(Role::radio, "No")->state.checked);
    shop.desk.press(Key::right);
    CHECK(shop.answer == 2);
    shop.desk.act(Role::radio, "Pass it on", NodeActed::Action::activate);
    CHECK(shop.verdict == 2);
    shop.desk.click(Role::checkbox, "Only mine");
    CHECK(shop.checked);
}

TEST_CASE("a select opens a list; arrows, letters and Enter choose; Esc and a click elsewhere leave it") {
    Shop shop;
    shop.desk.click(Role::combobox, "Status");
    REQUIRE(shop.desk.find(Role::option, "Decided") != nullptr);
    CHECK(shop.desk.find(Role::combobox, "Status")->state.expanded);
    shop.desk.press(Key::down);
    shop.desk.press(Key::enter);
    CHECK(shop.status == 1);
    CHECK(shop.desk.find(Role::option, "Decided") == nullptr);
    shop.desk.click(Role::combobox, "Status");
    shop.desk.type("d");
    shop.desk.press(Key::enter);
    CHECK(shop.status == 2);
    shop.desk.click(Role::combobox, "Status");
    CHECK(shop.desk.click(Role::option, "Any"));
    CHECK(shop.status == 0);
    shop.desk.click(Role::combobox, "Status");
    shop.desk.press(Key::escape);
    CHECK(shop.desk.find(Role::option, "Any") == nullptr);
    shop.desk.click(Role::combobox, "Status");
    shop.desk.click(650, 580);
    CHECK(shop.desk.find(Role::option, "Any") == nullptr);
    CHECK(shop.status == 0);
    shop.desk.act(Role::combobox, "Status", NodeActed::Action::set_value, "Open");
    CHECK(shop.status == 1);
    CHECK(shop.pressed == 0);
}

TEST_CASE("what lies under a dialog hears neither pointer nor keys nor nodes; Esc closes the dialog") {
    Shop shop;
    shop.dialog = true;
    shop.again();
    REQUIRE(shop.desk.find(Role::dialog, "Really?") != nullptr);
    CHECK(shop.desk.find(Role::dialog, "Really?")->state.modal);
    shop.desk.press(Key::a);
    shop.desk.act(Role::button, "Accept", NodeActed::Action::activate);
    CHECK(shop.pressed == 0);
    CHECK(shop.desk.find(Role::button, "Accept")->state.disabled);
    CHECK_FALSE(shop.desk.find(Role::button, "Yes, do")->state.disabled);
    shop.desk.press(Key::escape);
    CHECK_FALSE(shop.dialog);
    shop.dialog = true;
    shop.again();
    shop.desk.click(Role::button, "Yes, do");
    CHECK_FALSE(shop.dialog);
    CHECK(shop.pressed == 0);
    shop.again();
    shop.desk.press(Key::a);
    CHECK(shop.pressed == 1);
}

TEST_CASE("a pointer that rests on a button is told what it does") {
    Shop shop;
    const Node* node = shop.desk.find(Role::button, "Accept");
    shop.desk.move(node->x + 20, node->y + 10);
    CHECK(shop.desk.find(Role::tooltip, "What it does") == nullptr);
    REQUIRE(shop.desk.host.wanted_ms.has_value());
    shop.desk.wait_ms(700);
    CHECK(shop.desk.find(Role::tooltip, "What it does") != nullptr);
    shop.desk.move(500, 500);
    CHECK(shop.desk.find(Role::tooltip, "What it does") == nullptr);
}

TEST_CASE("a widget without a name is a fault, and so is an item that says nothing and an id used twice") {
    Headless desk(
        [](Ui& ui) {
            interact(ui, {10, 10, 50, 20}, "nameless", {.role = Role::button});
            ImGui::SetCursorScreenPos({10, 50});
            ImGui::InvisibleButton("##bare", {50, 20});
            interact(ui, {10, 90, 50, 20}, "twin", {.role = Role::button, .name = "One"});
            interact(ui, {10, 120, 50, 20}, "twin", {.role = Role::button, .name = "Two"});
            return false;
        },
        {300, 200, 1});
    std::string all;
    for (const std::string& fault : desk.loop.items().faults()) {
        all += fault + "\n";
    }
    INFO(all);
    CHECK(all.find("a widget without a name") != std::string::npos);
    CHECK(all.find("an item says nothing of itself") != std::string::npos);
    CHECK(all.find("two widgets share one id") != std::string::npos);
    CHECK(desk.loop.items().faults().size() == 3);
}

TEST_CASE("a pane scrolls by wheel exactly as far as the wheel says, and to what gets the focus") {
    int rows = 40;
    Headless desk(
        [&](Ui& ui) {
            ScrollPane pane(ui, {10, 10, 200, 200}, "list");
            Rect rest = pane.content();
            for (int i = 0; i < rows; i++) {
                const std::string name = std::string("Row ") + std::to_string(i);
                button(ui, rest.cut_top(30), {.label = name});
            }
            pane.end_at(rest.y);
            return false;
        },
        {300, 300, 2});
    const float top = desk.find(Role::button, "Row 1")->y;
    desk.loop.handle(PointerMoved{100, 100, PointerKind::mouse});
    desk.loop.handle(Wheel{0, 10});
    desk.settle();
    CHECK(desk.find(Role::button, "Row 1")->y == top - 10);
    desk.act(Role::button, "Row 30", NodeActed::Action::focus);
    const Node* focused = desk.find(Role::button, "Row 30");
    CHECK(focused->height == 15);  // all of it
    CHECK(focused->y > 5);
    CHECK(focused->y + focused->height <= 105);
}

}  // namespace
