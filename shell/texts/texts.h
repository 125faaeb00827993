#pragma once
// The desk's language: every text that a view shows has a name here and its words in one file per language
// (english.inc). A view holds no words of its own.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::shell {

enum class Text : uint16_t {
#define TEXT(id, words) id,
#include "shell/texts/english.inc"
#undef TEXT
    last_of_all
};

inline constexpr size_t kTextCount = static_cast<size_t>(Text::last_of_all);

class Texts {
public:
    static Texts english();
    // Words 40 % longer and with accents on every vowel: shows which view clips and which character is missing.
    static Texts pseudo();

    std::string_view operator()(Text id) const { return words_[static_cast<size_t>(id)]; }

    // The text with {0} to {3} replaced.
    std::string operator()(Text id, std::string_view first, std::string_view second = {}, std::string_view third = {},
                           std::string_view fourth = {}) const;

private:
    std::vector<std::string> words_;
};

// "1,204,000": digits in groups of three.
std::string grouped(int64_t number);
// "1 item", "1,204 items".
std::string counted(const Texts& texts, int64_t count, Text one, Text many);

}  // namespace countersign::shell
