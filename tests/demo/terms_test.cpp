#include "demo/classifier/terms.h"

#include <catch_amalgamated.hpp>

using namespace countersign::demo;

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : "|") + word;
    }
    return text;
}

}  // namespace

TEST_CASE("words are lower case, without apostrophes, numbers become 0") {
    struct Case {
        std::string text;
        std::string words;
    };

    const Case cases[] = {
        {"Lamp post 47, on Heron Drive!", "lamp|post|0|on|heron|drive|!"},
        {"It's my mother’s bin", "its|my|mothers|bin"},
        {"KÖHLERWEG Straße Ångquist", "köhlerweg|straße|ångquist"},
        {"7.15 8pm B-2217", "0|0|0pm|b|0"},
        {"really?? – yes…", "really|?|?|yes"},
        {"", ""},
        {"  \n\t ", ""},
    };
    for (const Case& one : cases) {
        INFO(one.text);
        CHECK(joined(words_of(one.text)) == one.words);
    }
}

TEST_CASE("terms are counted, ascend, and pieces never cut a code point") {
    const TermCounts terms = terms_of("gas gas ö", {true, 3, 3});
    std::string text;
    for (const TermCount& term : terms) {
        text += term.term + "=" + std::to_string(term.count) + ";";
    }
    CHECK(text == "c:_ga=2;c:_ö_=1;c:as_=2;c:gas=2;p:gas gas=1;p:gas ö=1;w:gas=2;w:ö=1;");
}

TEST_CASE("without pairs and pieces only words remain") {
    CHECK(terms_of("no water again", {false, 0, 0}).size() == 3);
}
