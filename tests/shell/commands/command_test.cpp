#include "shell/commands/command.h"

#include <catch_amalgamated.hpp>

namespace {

using namespace countersign::shell;

constexpr std::array kScreens{Scope::queue, Scope::quick, Scope::full, Scope::done, Scope::sync, Scope::settle};

std::optional<Command> press(CommandKeys& keys, Key key, Scope scope, bool typing = false, Modifiers modifiers = {}) {
    const std::array scopes{scope, Scope::everywhere};
    return keys.press({key, true, modifiers}, scopes, typing);
}

TEST_CASE("every key has a name that leads back to it") {
    for (int i = 0; i <= static_cast<int>(Key::meta); i++) {
        const auto key = static_cast<Key>(i);
        CHECK(key_from_name(key_name(key)) == key);
    }
    CHECK(key_from_name("page_up") == Key::page_up);
    CHECK_FALSE(key_from_name("no such key").has_value());
    CHECK(key_caption(Key::question) == "?");
}

TEST_CASE("no two commands that can be heard on one screen share a chord, and no lead key is a command by itself") {
    for (const Scope screen : kScreens) {
        const auto heard = [&](const CommandInfo& c) { return applies(c, screen) || applies(c, Scope::everywhere); };
        for (const CommandInfo& a : all_commands()) {
            for (const CommandInfo& b : all_commands()) {
                if (a.command >= b.command || !heard(a) || !heard(b)) {
                    continue;
                }
                INFO("screen " << static_cast<int>(screen) << ": " << a.id << " and " << b.id);
                CHECK_FALSE(a.chord == b.chord);
                CHECK_FALSE((a.chord.lead != Key::none && a.chord.lead == b.chord.key && b.chord.lead == Key::none));
            }
        }
    }
}

TEST_CASE("a single key is a command where it applies and nowhere else") {
    CommandKeys keys;
    CHECK(press(keys, Key::a, Scope::quick) == Command::accept);
    CHECK(press(keys, Key::a, Scope::full) == Command::accept);
    CHECK_FALSE(press(keys, Key::a, Scope::queue).has_value());
    CHECK(press(keys, Key::enter, Scope::queue) == Command::open);
    CHECK(press(keys, Key::question, Scope::sync) == Command::show_keys);
}

TEST_CASE("single keys rest while somebody types; chords with Control do not") {
    CommandKeys keys;
    CHECK_FALSE(press(keys, Key::a, Scope::quick, true).has_value());
    CHECK_FALSE(press(keys, Key::escape, Scope::full, true).has_value());
    CHECK(press(keys, Key::enter, Scope::full, true, {.control = true}) == Command::submit);
}

TEST_CASE("a lead key waits for its second key, and only for one") {
    CommandKeys keys;
    CHECK_FALSE(press(keys, Key::g, Scope::quick).has_value());
    CHECK(keys.waiting());
    CHECK(press(keys, Key::q, Scope::quick) == Command::go_queue);
    CHECK_FALSE(keys.waiting());
    press(keys, Key::g, Scope::quick);
    CHECK_FALSE(press(keys, Key::e, Scope::quick).has_value());  // no such sequence: nothing happens
    CHECK(press(keys, Key::a, Scope::quick) == Command::accept);
}

TEST_CASE("Shift alone changes nothing, for what it types is what counts; Control, Alt and Meta do") {
    CommandKeys keys;
    CHECK(press(keys, Key::a, Scope::quick, false, {.shift = true}) == Command::accept);
    CHECK_FALSE(press(keys, Key::a, Scope::quick, false, {.control = true}).has_value());
    CHECK_FALSE(press(keys, Key::a, Scope::quick, false, {.alt = true}).has_value());
    CHECK_FALSE(press(keys, Key::a, Scope::quick, false, {.meta = true}).has_value());
}

TEST_CASE("label keys stand for the first ten labels of a policy") {
    CHECK(label_command(0) == Command::label_1);
    CHECK(label_command(9) == Command::label_0);
    CHECK_FALSE(label_command(10).has_value());
    CHECK(label_index(Command::label_0) == 9U);
    CHECK_FALSE(label_index(Command::accept).has_value());
    CommandKeys keys;
    CHECK(press(keys, Key::digit_3, Scope::quick) == Command::label_3);
}

TEST_CASE("chords are written for eyes and for screen readers") {
    CHECK(key_caps(info(Command::submit).chord) == std::vector<std::string>{"Ctrl", "⏎"});
    CHECK(key_caps(info(Command::go_queue).chord) == std::vector<std::string>{"G", "Q"});
    CHECK(aria_shortcut(info(Command::submit).chord) == "Control+Enter");
    CHECK(aria_shortcut(info(Command::accept).chord) == "A");
    CHECK(aria_shortcut(info(Command::close).chord) == "Escape");
}

TEST_CASE("texts are filled in by number, and numbers are grouped") {
    const Texts texts = Texts::english();
    CHECK(texts(Text::of_count, "3", "12") == "3 of 12");
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1,000");
    CHECK(grouped(1234567) == "1,234,567");
    CHECK(grouped(-45678) == "-45,678");
}

TEST_CASE("the pseudo language keeps places to fill in and is longer") {
    const Texts english = Texts::english();
    const Texts pseudo = Texts::pseudo();
    size_t before = 0;
    size_t after = 0;
    for (size_t i = 0; i < kTextCount; i++) {
        const auto id = static_cast<Text>(i);
        before += english(id).size();
        after += pseudo(id).size();
        CHECK((english(id).find("{0}") != std::string_view::npos) ==
              (pseudo(id).find("{0}") != std::string_view::npos));
    }
    CHECK(after * 10 > before * 13);
}

}  // namespace
