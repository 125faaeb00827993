#include "shell/ui/widgets/field.h"

#include <catch_amalgamated.hpp>

#include "tests/shell/headless/headless.h"

namespace {

using namespace countersign;
using namespace countersign::shell;
using tests::Headless;

// A form of two fields over a model, as views draw them.
struct Form {
    std::string name;
    std::string text = "first line\nsecond line";
    std::string password;
    int submitted = 0;
    bool enabled = true;

    Headless desk{[this](Ui& ui) { return draw(ui); }, {500, 300, 1}};

    bool draw(Ui& ui) {
        enter_scope(ui, Scope::full);
        const FieldResult one =
            text_field(ui, {20, 20, 300, 32},
                       {.key = "name", .name = "Name", .value = name, .placeholder = "Your name", .enabled = enabled});
        const FieldResult many = text_field(ui, {20, 80, 300, 100},
                                            {.key = "text",
                                             .name = "Rationale",
                                             .value = text,
                                             .focus_by = Command::write_rationale,
                                             .multiline = true});
        const FieldResult secret = text_field(
            ui, {20, 200, 300, 32}, {.key = "secret", .name = "Password", .value = password, .password = true});
        name = one.changed.value_or(name);
        text = many.changed.value_or(text);
        password = secret.changed.value_or(password);
        submitted += one.submitted ? 1 : 0;
        return one.changed || many.changed || secret.changed;
    }
};

constexpr Modifiers kControl{.control = true};
constexpr Modifiers kShift{.shift = true};

TEST_CASE("a clicked field takes letters, tells the platform where its caret is, and lets go on Esc") {
    Form form;
    CHECK_FALSE(form.desk.host.text_input.has_value());
    REQUIRE(form.desk.click(Role::textbox, "Name"));
    REQUIRE(form.desk.host.text_input.has_value());
    CHECK(form.desk.host.text_input->y > 20);
    CHECK(form.desk.host.text_input->y < 52);
    const float before = form.desk.host.text_input->x;
    form.desk.type("Jürgen");
    CHECK(form.name == "Jürgen");
    CHECK(form.desk.host.text_input->x > before + 30);
    CHECK(form.desk.find(Role::textbox, "Name")->value == "Jürgen");
    CHECK(form.desk.find(Role::textbox, "Name")->state.focused);
    form.desk.press(Key::escape);
    CHECK_FALSE(form.desk.host.text_input.has_value());
    form.desk.type("x");
    CHECK(form.name == "Jürgen");
}

TEST_CASE("keys edit: backspace, words, home and end, selecting, cut, paste, undo") {
    Form form;
    form.desk.click(Role::textbox, "Name");
    form.desk.type("one two three");
    form.desk.press(Key::backspace, kControl);
    CHECK(form.name == "one two ");
    form.desk.press(Key::home);
    form.desk.press(Key::right, {.control = true, .shift = true});
    form.desk.press(Key::x, kControl);
    CHECK(form.desk.host.clipboard == "one");
    CHECK(form.name == " two ");
    form.desk.press(Key::end);
    form.desk.loop.handle(TextPasted{"line one\nline two"});
    form.desk.settle();
    CHECK(form.name == " two line one line two");  // one line stays one line
    form.desk.press(Key::z, kControl);
    CHECK(form.name == " two ");
    form.desk.press(Key::z, {.control = true, .shift = true});
    CHECK(form.name == " two line one line two");
}

TEST_CASE("Enter submits one line and breaks several") {
    Form form;
    form.desk.click(Role::textbox, "Name");
    form.desk.press(Key::enter);
    CHECK(form.submitted == 1);
    form.desk.click(Role::textbox, "Rationale");
    form.desk.press(Key::end, kControl);
    form.desk.press(Key::enter);
    form.desk.type("third");
    CHECK(form.text == "first line\nsecond line\nthird");
    CHECK(form.submitted == 1);
}

TEST_CASE("up and down keep the column") {
    Form form;
    form.text = "a long first line\nshort\na long third line";
    form.desk.settle();
    form.desk.click(Role::textbox, "Rationale");
    form.desk.press(Key::home, kControl);
    form.desk.press(Key::end);
    form.desk.press(Key::down);
    form.desk.press(Key::down);
    form.desk.type("!");
    CHECK(form.text == "a long first line\nshort\na long third lin!e");
}

TEST_CASE("the key of its command gives the field the keyboard, and is not typed into it") {
    Form form;
    form.desk.loop.handle(KeyChanged{Key::r, true, {}});
    form.desk.loop.handle(TextEntered{"r"});
    form.desk.loop.handle(KeyChanged{Key::r, false, {}});
    form.desk.settle();
    REQUIRE(form.desk.host.text_input.has_value());
    CHECK(form.desk.host.text_input->multiline);
    CHECK(form.text == "first line\nsecond line");
    form.desk.press(Key::home, kControl);
    form.desk.loop.handle(KeyChanged{Key::r, true, {}});
    form.desk.loop.handle(TextEntered{"r"});
    form.desk.settle();
    CHECK(form.text == "rfirst line\nsecond line");
}

TEST_CASE("text under composition is shown at the caret and belongs to the field only when it is committed") {
    Form form;
    form.desk.click(Role::textbox, "Name");
    form.desk.type("ab");
    form.desk.press(Key::left);
    const std::vector<uint8_t> before = form.desk.picture.rgba;
    form.desk.loop.handle(CompositionChanged{"ん"});
    form.desk.settle();
    CHECK(form.name == "ab");
    CHECK_FALSE(form.desk.picture.rgba == before);
    form.desk.loop.handle(CompositionChanged{""});
    form.desk.loop.handle(TextEntered{"日本"});
    form.desk.settle();
    CHECK(form.name == "a日本b");
}

TEST_CASE("a password is neither read aloud nor copied") {
    Form form;
    form.desk.click(Role::textbox, "Password");
    form.desk.type("geheim");
    CHECK(form.password == "geheim");
    CHECK(form.desk.find(Role::textbox, "Password")->value.empty());
    form.desk.press(Key::a, kControl);
    form.desk.press(Key::c, kControl);
    form.desk.press(Key::x, kControl);
    CHECK(form.desk.host.clipboard.empty());
    CHECK(form.password == "geheim");
}

TEST_CASE("the model's value is followed, also while the field has the keyboard") {
    Form form;
    form.desk.click(Role::textbox, "Name");
    form.desk.type("abc");
    form.name = "set by the session";
    form.desk.loop.request_frame();
    form.desk.settle();
    CHECK(form.desk.find(Role::textbox, "Name")->value == "set by the session");
    form.desk.type("!");
    CHECK(form.name == "set by the session!");
}

TEST_CASE("a screen reader sets a field's value; a disabled field refuses") {
    Form form;
    REQUIRE(form.desk.act(Role::textbox, "Name", NodeActed::Action::set_value, "from outside"));
    CHECK(form.name == "from outside");
    form.enabled = false;
    form.desk.loop.request_frame();
    form.desk.settle();
    form.desk.act(Role::textbox, "Name", NodeActed::Action::set_value, "again");
    CHECK(form.name == "from outside");
    CHECK(form.desk.find(Role::textbox, "Name")->state.disabled);
}

TEST_CASE("a double click takes a word, a drag a stretch") {
    Form form;
    form.name = "alpha beta gamma";
    form.desk.loop.request_frame();
    form.desk.settle();
    const Node* field = form.desk.find(Role::textbox, "Name");
    const float y = field->y + field->height / 2;
    form.desk.click(field->x + 70, y);
    form.desk.click(field->x + 70, y);
    form.desk.press(Key::c, kControl);
    CHECK(form.desk.host.clipboard == "beta");
    form.desk.wait_ms(1000);
    form.desk.press(Key::home);
    form.desk.press(Key::right, kShift);
    form.desk.press(Key::c, kControl);
    CHECK(form.desk.host.clipboard == "a");
}

TEST_CASE("a click on nothing takes the keyboard away") {
    Form form;
    form.desk.click(Role::textbox, "Name");
    CHECK(form.desk.host.text_input.has_value());
    form.desk.click(450, 280);
    CHECK_FALSE(form.desk.host.text_input.has_value());
}

}  // namespace
