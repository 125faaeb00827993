#include "demo/classifier/terms.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace countersign::demo {

namespace {

bool is_digit(char32_t c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char32_t c) {
    if (c < 0x80) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x2BFF);  // without general punctuation, symbols
}

bool is_apostrophe(char32_t c) {
    return c == '\'' || c == 0x2019;
}

char32_t lower(char32_t c) {
    const bool ascii = c >= 'A' && c <= 'Z';
    const bool latin1 = c >= 0xC0 && c <= 0xDE && c != 0xD7;
    return ascii || latin1 ? c + 0x20 : c;
}

void add_pieces(std::vector<std::string>& terms, const std::string& word, const TermOptions& options) {
    const std::string marked = "_" + word + "_";
    const size_t length = utf8::length(marked);
    for (size_t size = options.shortest_piece; size <= options.longest_piece && size <= length; ++size) {
        for (size_t first = 0; first + size <= length; ++first) {
            const size_t from = utf8::byte_offset(marked, first);
            const size_t to = utf8::byte_offset(marked, first + size);
            terms.push_back("c:" + marked.substr(from, to - from));
        }
    }
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) {
            words.push_back(word);
            word.clear();
        }
    };
    for (size_t offset = 0; offset < text.size();) {
        const char32_t c = utf8::next(text, offset);
        if (is_letter(c)) {
            utf8::append(word, lower(c));
        } else if (is_digit(c)) {
            if (word.empty() || word.back() != '0') {
                word.push_back('0');
            }
        } else if (!is_apostrophe(c)) {
            finish();
            if (c == '!' || c == '?') {
                words.emplace_back(1, static_cast<char>(c));
            }
        }
    }
    finish();
    return words;
}

TermCounts terms_of(std::string_view text, const TermOptions& options) {
    const std::vector<std::string> words = words_of(text);
    std::vector<std::string> terms;
    for (size_t i = 0; i < words.size(); ++i) {
        terms.push_back("w:" + words[i]);
        if (options.pairs && i > 0) {
            terms.push_back("p:" + words[i - 1] + " " + words[i]);
        }
        if (options.longest_piece > 0) {
            add_pieces(terms, words[i], options);
        }
    }
    std::sort(terms.begin(), terms.end());
    TermCounts counts;
    for (std::string& term : terms) {
        if (!counts.empty() && counts.back().term == term) {
            ++counts.back().count;
        } else {
            counts.push_back({std::move(term), 1});
        }
    }
    return counts;
}

}  // namespace countersign::demo
