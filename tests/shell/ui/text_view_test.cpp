#include "shell/ui/text_view/text_view.h"

#include <random>

#include <catch_amalgamated.hpp>

#include "core/base/utf8.h"
#include "shell/ui/text_view/document.h"
#include "shell/ui/text_view/span_layers.h"
#include "tests/shell/fixtures/city.h"
#include "tests/shell/headless/headless.h"

namespace {

using namespace countersign;
using namespace countersign::shell;
using tests::Headless;

constexpr Modifiers kControl{.control = true};

struct Reader {
    std::string text;
    std::vector<TextSpan> spans;
    std::string find;
    int64_t match = 0;
    TextViewResult last;
    int made = 0;
    std::optional<size_t> pressed;

    Headless desk{[this](Ui& ui) { return draw(ui); }, {600, 400, 1}};

    explicit Reader(std::string shown) : text(std::move(shown)) {
        desk.loop.request_frame();
        desk.settle();
    }

    bool draw(Ui& ui) {
        last = text_view(ui, {10, 10, 580, 380},
                         {.key = "document",
                          .name = "Document",
                          .text = text,
                          .spans = spans,
                          .style = ui.theme.type.reading,
                          .find = find,
                          .current_match = match});
        made += last.selection_made ? 1 : 0;
        pressed = last.pressed_span ? last.pressed_span : pressed;
        return false;
    }

    std::string copied() {
        desk.press(Key::c, kControl);
        return desk.host.clipboard;
    }

    void drag(float x0, float y0, float x1, float y1) {
        desk.move(x0, y0);
        desk.loop.handle(PointerButtonChanged{PointerButton::left, true, x0, y0, PointerKind::mouse});
        desk.settle();
        desk.move((x0 + x1) / 2, y1);
        desk.move(x1, y1);
        desk.loop.handle(PointerButtonChanged{PointerButton::left, false, x1, y1, PointerKind::mouse});
        desk.settle();
    }
};

TEST_CASE("what is dragged over is selected, told in code points, and copied as the source's own bytes") {
    Reader reader("Grüße aus Łódź.\nZweite Zeile, 🙂 inside.\nThird.");
    reader.drag(66, 20, 300, 48);
    REQUIRE(reader.last.selection.has_value());
    CHECK(reader.made == 1);
    const auto [begin, end] = *reader.last.selection;
    const size_t from = utf8::byte_offset(reader.text, begin);
    const size_t to = utf8::byte_offset(reader.text, end);
    CHECK(end > begin);
    CHECK(reader.copied() == reader.text.substr(from, to - from));
    CHECK(reader.copied().find("Łódź.\nZweite") != std::string::npos);
}

TEST_CASE("two clicks take a word, three a paragraph, Control A everything") {
    Reader reader("Ein Satz mit Wörtern.\nUnd noch einer.");
    reader.desk.click(160, 22);
    reader.desk.click(160, 22);
    CHECK(reader.copied() == "Wörtern");
    reader.desk.click(160, 22);
    CHECK(reader.copied() == "Ein Satz mit Wörtern.");
    reader.desk.press(Key::a, kControl);
    CHECK(reader.copied() == reader.text);
    reader.desk.press(Key::escape);
    CHECK_FALSE(reader.last.selection.has_value());
}

TEST_CASE("Shift and arrows select; the keyboard scrolls") {
    Reader reader(tests::long_document(6000));
    reader.desk.click(70, 20);
    reader.desk.press(Key::home, kControl);
    for (int i = 0; i < 13; i++) {
        reader.desk.press(Key::right, {.shift = true});
    }
    CHECK(reader.copied() == reader.text.substr(0, 13));
    reader.desk.press(Key::down, {.shift = true});
    CHECK(reader.last.selection->end > 13);
    const std::vector<uint8_t> top = reader.desk.picture.rgba;
    reader.desk.press(Key::page_down);
    CHECK_FALSE(reader.desk.picture.rgba == top);
    reader.desk.press(Key::end, kControl);
    reader.desk.press(Key::home, {.control = true, .shift = true});
    CHECK(reader.copied() == reader.text);
}

TEST_CASE("a document of 200 kB is selected whole and copied byte for byte") {
    Reader reader(tests::long_document(200'000));
    reader.desk.click(70, 20);
    reader.desk.press(Key::a, kControl);
    CHECK(reader.last.selection->end == utf8::length(reader.text));
    CHECK((reader.copied() == reader.text));
}

TEST_CASE("screen readers get the whole of a short document and the visible part of a long one") {
    Reader small("Only this.");
    CHECK(small.desk.find(Role::document, "Document")->value == "Only this.");
    Reader large(tests::long_document(200'000));
    const std::string heard = large.desk.find(Role::document, "Document")->value;
    CHECK(heard.size() > 200);
    CHECK(heard.size() < 20'000);
    CHECK(large.text.starts_with(heard));
}

TEST_CASE("a press on a span names it, the inner one where spans overlap") {
    Reader reader("aaaa bbbb cccc dddd");
    reader.spans = {{0, 19, 0, "1", false}, {10, 14, 1, "2", false}};
    reader.desk.loop.request_frame();
    reader.desk.settle();
    reader.desk.click(70, 22);
    CHECK(reader.pressed == 0U);
    reader.desk.click(160, 22);
    CHECK(reader.pressed == 1U);
}

TEST_CASE("finding counts its matches in either case and brings the current one into sight") {
    Reader reader(tests::long_document(60'000));
    reader.find = "GAS in the stairwell";
    reader.desk.loop.request_frame();
    reader.desk.settle();
    CHECK(reader.last.matches > 10);
    const std::vector<uint8_t> first = reader.desk.picture.rgba;
    reader.match = reader.last.matches - 1;
    reader.desk.loop.request_frame();
    reader.desk.settle();
    CHECK_FALSE(reader.desk.picture.rgba == first);
    reader.find = "nothing like this";
    reader.desk.loop.request_frame();
    reader.desk.settle();
    CHECK(reader.last.matches == 0);
}

TEST_CASE("overlapping spans get layers of their own, and a layer is used again where it is free") {
    const std::vector<TextSpan> spans{
        {0, 10, 0, "", false}, {5, 15, 1, "", false}, {12, 20, 2, "", false}, {6, 8, 3, "", false}};
    std::vector<int> layers(4);
    for (const LayeredSpan& one : layered(spans)) {
        layers[static_cast<size_t>(one.span - spans.data())] = one.layer;
    }
    CHECK(layers == std::vector<int>{0, 1, 0, 2});
}

TEST_CASE(
    "no line is wider than its column, every byte is in a line or in the break between two, offsets lead there and "
    "back") {
    const uint32_t seed = GENERATE(take(6, random(1U, 0xffffffffU)));
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    std::string text;
    const std::vector<std::string> words{"a",      "of",   "lamp",   "Straßenbeleuchtungsverantwortung",
                                         "日本語", "🙂",   "e-mail", "and/or",
                                         "\n",     "\n\n", "  ",     "\t"};
    for (int i = 0; i < 400; i++) {
        text += words[chance() % words.size()] + (chance() % 4 == 0 ? "" : " ");
    }
    const float width = 40 + static_cast<float>(chance() % 300);
    bool drawn = false;
    Headless desk(
        [&](Ui& ui) {
            const TextStyle& style = ui.theme.type.body;
            DocumentLayout layout;
            layout.fit(ui, text, style, width);
            size_t at = 0;
            for (size_t i = 0; i < layout.line_count(); i++) {
                const TextLine& line = layout.line(i);
                REQUIRE(text.substr(at, line.begin - at).find_first_not_of(" \t\n\r") == std::string::npos);
                const std::string_view shown = layout.line_text(i);
                const size_t last = shown.find_last_not_of(" \t");
                const float wide =
                    text_width(ui, style, shown.substr(0, last == std::string_view::npos ? 0 : last + 1));
                REQUIRE((wide <= width || utf8::length(shown) == 1));
                at = line.end;
            }
            REQUIRE(text.substr(at).find_first_not_of(" \t\n\r") == std::string::npos);
            const size_t count = utf8::length(text);
            for (size_t point = 0; point <= count; point += 7) {
                REQUIRE(layout.to_code_point(layout.to_byte(point)) == point);
            }
            drawn = true;
            return false;
        },
        {400, 300, 1});
    CHECK(drawn);
}

}  // namespace
