#include "shell/texts/texts.h"

#include <array>

#include "core/base/concat.h"

namespace countersign::shell {
namespace {

constexpr std::array<std::string_view, kTextCount> kEnglish{
#define TEXT(id, words) std::string_view(words),
#include "shell/texts/english.inc"
#undef TEXT
};

std::string_view accented(char letter) {
    switch (letter) {
        case 'a': return "å";
        case 'e': return "ë";
        case 'i': return "ï";
        case 'o': return "ö";
        case 'u': return "ü";
        case 'A': return "Å";
        case 'E': return "Ë";
        case 'O': return "Ö";
        default: return {};
    }
}

std::string stretched(std::string_view english) {
    std::string out;
    size_t vowels = 0;
    for (const char letter : english) {
        const std::string_view accent = accented(letter);
        if (accent.empty()) {
            out.push_back(letter);
            continue;
        }
        out.append(accent);
        vowels++;
        if (vowels % 2 == 1) {
            out.append(accent);  // about every fifth letter is doubled here: 20 %, and words at the end for the rest
        }
    }
    if (english.size() > 12) {
        out.append(english.size() / 5, '~');
    }
    return out;
}

}  // namespace

Texts Texts::english() {
    Texts texts;
    texts.words_.assign(kEnglish.begin(), kEnglish.end());
    return texts;
}

Texts Texts::pseudo() {
    Texts texts;
    texts.words_.reserve(kTextCount);
    for (const std::string_view english : kEnglish) {
        texts.words_.push_back(stretched(english));
    }
    return texts;
}

std::string Texts::operator()(Text id, std::string_view first, std::string_view second, std::string_view third,
                              std::string_view fourth) const {
    const std::array values{first, second, third, fourth};
    const std::string_view pattern = (*this)(id);
    std::string out;
    for (size_t i = 0; i < pattern.size(); i++) {
        const bool hole = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
        const auto which = hole ? static_cast<size_t>(pattern[i + 1] - '0') : values.size();
        if (which < values.size()) {
            out.append(values[which]);
            i += 2;
        } else {
            out.push_back(pattern[i]);
        }
    }
    return out;
}

std::string grouped(int64_t number) {
    std::string digits = concat(number);
    const size_t first = number < 0 ? 1 : 0;
    for (size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

std::string counted(const Texts& texts, int64_t count, Text one, Text many) {
    return count == 1 ? std::string(texts(one)) : texts(many, grouped(count));
}

}  // namespace countersign::shell
