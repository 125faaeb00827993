#include "shell/ui/edit/text_edit.h"

#include <random>

#include <catch_amalgamated.hpp>

#include "core/base/utf8.h"

namespace {

using namespace countersign;
using namespace countersign::shell;

// "ab[cd]|ef": the caret is '|', the other end of the selection the bracket away from it.
std::string shown(const TextEdit& edit) {
    std::string text = edit.text();
    const TextRange range = edit.selection();
    if (range.empty()) {
        return text.insert(edit.caret(), "|");
    }
    text.insert(range.end, "]");
    text.insert(range.begin, "[");
    return text;
}

TextEdit with(std::string_view text, size_t caret) {
    TextEdit edit;
    edit.reset(text);
    edit.move_to(caret, false);
    return edit;
}

TEST_CASE("letters go in at the caret and replace what is selected") {
    TextEdit edit = with("abef", 2);
    edit.insert("cd");
    CHECK(shown(edit) == "abcd|ef");
    edit.select({1, 5});
    edit.insert("ü");
    CHECK(shown(edit) == "aü|f");
}

TEST_CASE("the caret moves by code points and by words") {
    TextEdit edit = with("Grüße, Jürgen!", 0);
    edit.move_right(false, false);
    edit.move_right(false, false);
    edit.move_right(false, false);
    CHECK(shown(edit) == "Grü|ße, Jürgen!");
    edit.move_right(false, true);
    CHECK(shown(edit) == "Grüße|, Jürgen!");
    edit.move_right(true, true);
    CHECK(shown(edit) == "Grüße[, Jürgen]!");
    edit.move_left(false, false);
    CHECK(shown(edit) == "Grüße|, Jürgen!");
    edit.move_left(false, true);
    CHECK(shown(edit) == "|Grüße, Jürgen!");
}

TEST_CASE("erasing takes a code point, a word, or the selection") {
    TextEdit edit = with("naïve idea", 11);
    edit.erase_backwards(true);
    CHECK(shown(edit) == "naïve |");
    edit.move_to(4, false);
    edit.erase_backwards(false);
    CHECK(shown(edit) == "na|ve ");
    edit.erase_forwards(true);
    CHECK(shown(edit) == "na| ");
    edit.select_all();
    edit.erase_forwards(false);
    CHECK(shown(edit) == "|");
    edit.erase_backwards(false);
    CHECK(shown(edit) == "|");
}

TEST_CASE("a word is what a double click takes") {
    const std::string_view text = "It's Øystein's idea (№ 7)";
    CHECK(word_around(text, 1) == TextRange{0, 4});
    const size_t name = text.find("stein");
    CHECK(text.substr(word_around(text, name).begin, word_around(text, name).end - word_around(text, name).begin) ==
          "Øystein's");
    CHECK(word_around("", 0).empty());
    CHECK(word_around("ab", 2) == TextRange{0, 2});
    CHECK(word_around("a\nb", 1) == TextRange{1, 2});
}

TEST_CASE("a run of letters is undone at once, a pasted piece by itself, and undone work can be redone") {
    TextEdit edit = with("", 0);
    for (const char* letter : {"a", "b", "c"}) {
        edit.insert(letter);
    }
    edit.insert(" pasted piece");
    CHECK(edit.undo());
    CHECK(shown(edit) == "abc|");
    CHECK(edit.undo());
    CHECK(shown(edit) == "|");
    CHECK_FALSE(edit.undo());
    CHECK(edit.redo());
    CHECK(edit.redo());
    CHECK(shown(edit) == "abc pasted piece|");
    CHECK_FALSE(edit.redo());
    edit.undo();
    edit.insert("x");
    CHECK_FALSE(edit.redo());
}

TEST_CASE("a text set from outside keeps the caret where it can and starts a new history") {
    TextEdit edit = with("abc", 3);
    edit.insert("d");
    edit.reset("abcdef");
    CHECK(shown(edit) == "abcdef|");
    CHECK_FALSE(edit.undo());
    edit.move_to(2, false);
    edit.reset("aü");
    CHECK(shown(edit) == "a|ü");  // not inside the umlaut
}

TEST_CASE("whatever is done, the text stays valid UTF-8 and the caret on a boundary; undoing all leads back") {
    const uint32_t seed = GENERATE(take(20, random(1U, 0xffffffffU)));
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    const std::string start = "Grüße aus Łódź – 日本 🙂, naïve?";
    TextEdit edit = with(start, 0);
    const std::vector<std::string> pieces{"x", "ß", "🙂", "two words", "\n"};
    for (int step = 0; step < 300; step++) {
        const bool selecting = chance() % 2 == 0;
        const bool by_word = chance() % 3 == 0;
        switch (chance() % 7) {
            case 0: edit.insert(pieces[chance() % pieces.size()]); break;
            case 1: edit.erase_backwards(by_word); break;
            case 2: edit.erase_forwards(by_word); break;
            case 3: edit.move_left(selecting, by_word); break;
            case 4: edit.move_right(selecting, by_word); break;
            case 5: edit.cut(); break;
            default: edit.select(word_around(edit.text(), edit.caret())); break;
        }
        REQUIRE(utf8::first_invalid(edit.text()) == utf8::kValid);
        REQUIRE(utf8::first_invalid(edit.text().substr(edit.caret())) == utf8::kValid);
        REQUIRE(edit.selection().end <= edit.text().size());
    }
    while (edit.undo()) {
    }
    CHECK(edit.text() == start);
}

}  // namespace
