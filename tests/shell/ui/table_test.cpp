#include "shell/ui/widgets/table.h"

#include <array>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/shell/headless/headless.h"

namespace {

using namespace countersign;
using namespace countersign::shell;
using tests::Headless;

class Numbers final : public RowSource {
public:
    int64_t rows = 1'000'000;
    int64_t asked = 0;
    int64_t loaded_until = INT64_MAX;

    int64_t count() const override { return rows; }

    bool loaded(int64_t row) override {
        asked++;
        return row < loaded_until;
    }

    std::string row_name(int64_t row) override { return concat("row ", row); }

    std::string paint_cell(Ui& ui, int64_t row, int column, const Rect& rect) override {
        const std::string text = column == 0 ? concat(row) : concat("square ", row * row);
        draw_text(ui, rect, text, ui.theme.type.body, ui.theme.ink(Ink::text));
        return text;
    }

    void paint_narrow(Ui& /*ui*/, int64_t /*row*/, const Rect& /*rect*/) override {}
};

struct Sheet {
    Numbers numbers;
    int64_t selected = -1;
    int64_t pressed = -1;
    int sort = -1;
    TableResult last;

    Headless desk{[this](Ui& ui) { return draw(ui); }, {600, 410, 1}};

    bool draw(Ui& ui) {
        const std::array columns{Column{.title = "Number", .width = 80, .sortable = true}, Column{.title = "Square"}};
        last = table(ui, {0, 0, 600, 410},
                     {.key = "numbers", .name = "Numbers", .columns = columns, .selected = selected, .sorted_by = 0},
                     numbers);
        selected = last.selected.value_or(selected);
        pressed = last.pressed.value_or(pressed);
        sort = last.sort_by.value_or(sort);
        return last.selected.has_value();
    }
};

TEST_CASE("of a million rows only those on the screen are asked for") {
    Sheet sheet;
    CHECK(sheet.last.first_row == 0);
    CHECK(sheet.last.end_row == 10);
    CHECK(sheet.numbers.asked <= 11 * 8);  // a few frames to settle
    CHECK(sheet.desk.find(Role::grid, "Numbers")->set_size == 1'000'000);
    CHECK(sheet.desk.find(Role::row, "row 9")->position == 10);
}

TEST_CASE("rows lie on whole pixels at the end of a million as at the beginning") {
    Sheet sheet;
    sheet.selected = 500'000;
    sheet.desk.loop.request_frame();
    sheet.desk.settle();
    REQUIRE(sheet.desk.find(Role::row, "row 500000") != nullptr);
    const float y = sheet.desk.find(Role::row, "row 500000")->y;
    sheet.desk.loop.handle(PointerMoved{300, 200, PointerKind::mouse});
    for (int i = 1; i <= 38; i++) {
        sheet.desk.loop.handle(Wheel{0, 1});
        sheet.desk.settle();
        const Node* row = sheet.desk.find(Role::row, "row 500000");
        REQUIRE(row != nullptr);
        REQUIRE(row->y + row->height <= 410);
        REQUIRE((row->y == y - static_cast<float>(i) || row->y + row->height == 410));
    }
    sheet.desk.press(Key::end);
    CHECK(sheet.selected == 999'999);
    const Node* last = sheet.desk.find(Role::row, "row 999999");
    REQUIRE(last != nullptr);
    CHECK(last->y + last->height == 410);
}

TEST_CASE("arrows, pages, home and end move the selection and keep it in sight") {
    Sheet sheet;
    sheet.desk.press(Key::down);
    CHECK(sheet.selected == 0);
    sheet.desk.press(Key::down);
    sheet.desk.press(Key::down);
    CHECK(sheet.selected == 2);
    sheet.desk.press(Key::page_down);
    CHECK(sheet.selected == 11);
    CHECK(sheet.desk.find(Role::row, "row 11")->state.selected);
    sheet.desk.press(Key::up);
    sheet.desk.press(Key::home);
    CHECK(sheet.selected == 0);
    CHECK(sheet.last.first_row == 0);
}

TEST_CASE("a row is pressed by pointer and by node, a column head sorts") {
    Sheet sheet;
    REQUIRE(sheet.desk.click(Role::row, "row 3"));
    CHECK(sheet.pressed == 3);
    REQUIRE(sheet.desk.act(Role::row, "row 5", NodeActed::Action::activate));
    CHECK(sheet.pressed == 5);
    REQUIRE(sheet.desk.click(Role::columnheader, "Number"));
    CHECK(sheet.sort == 0);
    CHECK(sheet.desk.find(Role::columnheader, "Number")->value == "ascending");
    CHECK(sheet.desk.find(Role::gridcell, "square 49") != nullptr);
}

TEST_CASE("rows on their way are shown as such, cannot be pressed, and are looked for again soon") {
    Sheet sheet;
    sheet.numbers.loaded_until = 2;
    sheet.desk.loop.request_frame();
    sheet.desk.settle();
    REQUIRE(sheet.desk.find(Role::row, "Loading") != nullptr);
    CHECK(sheet.desk.host.wanted_ms.has_value());
    sheet.desk.click(Role::row, "Loading");
    CHECK(sheet.pressed == -1);
    sheet.numbers.loaded_until = INT64_MAX;
    sheet.desk.wait_ms(200);
    CHECK(sheet.desk.find(Role::row, "Loading") == nullptr);
}

TEST_CASE("an empty table is no trouble") {
    Sheet sheet;
    sheet.numbers.rows = 0;
    sheet.desk.loop.request_frame();
    sheet.desk.settle();
    sheet.desk.press(Key::down);
    sheet.desk.press(Key::end);
    CHECK(sheet.selected == -1);
}

}  // namespace
