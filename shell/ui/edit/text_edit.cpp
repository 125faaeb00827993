#include "shell/ui/edit/text_edit.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace countersign::shell {
namespace {

bool is_word(char32_t c) {
    if (c < 0x80) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '\'';
    }
    // General punctuation, symbols, spaces and ideographic punctuation do not make words.
    const bool apart = c == 0xa0 || c == 0xab || c == 0xbb || c == 0xb7 || (c >= 0xa1 && c <= 0xa9) ||
                       (c >= 0x2000 && c <= 0x206f && c != 0x2019) || (c >= 0x2190 && c <= 0x2bff) ||
                       (c >= 0x3000 && c <= 0x303f);
    return !apart;
}

char32_t at_offset(std::string_view text, size_t at) {
    return utf8::next(text, at);
}

}  // namespace

size_t next_boundary(std::string_view text, size_t at) {
    if (at >= text.size()) {
        return text.size();
    }
    utf8::next(text, at);
    return at;
}

size_t previous_boundary(std::string_view text, size_t at) {
    if (at == 0) {
        return 0;
    }
    at--;
    while (at > 0 && (static_cast<uint8_t>(text[at]) & 0xc0) == 0x80) {
        at--;
    }
    return at;
}

size_t word_start_before(std::string_view text, size_t at) {
    while (at > 0 && !is_word(at_offset(text, previous_boundary(text, at)))) {
        at = previous_boundary(text, at);
    }
    while (at > 0 && is_word(at_offset(text, previous_boundary(text, at)))) {
        at = previous_boundary(text, at);
    }
    return at;
}

size_t word_end_after(std::string_view text, size_t at) {
    while (at < text.size() && !is_word(at_offset(text, at))) {
        at = next_boundary(text, at);
    }
    while (at < text.size() && is_word(at_offset(text, at))) {
        at = next_boundary(text, at);
    }
    return at;
}

TextRange word_around(std::string_view text, size_t at) {
    if (text.empty()) {
        return {};
    }
    const size_t inside = at >= text.size() ? previous_boundary(text, text.size()) : at;
    const bool word = is_word(at_offset(text, inside));
    TextRange range{inside, next_boundary(text, inside)};
    const auto same = [&](size_t offset) {
        const char32_t c = at_offset(text, offset);
        return c != '\n' && is_word(c) == word;
    };
    while (range.begin > 0 && same(previous_boundary(text, range.begin))) {
        range.begin = previous_boundary(text, range.begin);
    }
    while (range.end < text.size() && same(range.end)) {
        range.end = next_boundary(text, range.end);
    }
    return range;
}

std::string_view TextEdit::selected() const {
    const TextRange range = selection();
    return std::string_view(text_).substr(range.begin, range.end - range.begin);
}

void TextEdit::reset(std::string_view text) {
    const bool at_end = caret_ == text_.size();
    text_ = text;
    caret_ = at_end ? text_.size() : std::min(caret_, text_.size());
    while (caret_ > 0 && caret_ < text_.size() && (static_cast<uint8_t>(text_[caret_]) & 0xc0) == 0x80) {
        caret_--;
    }
    anchor_ = caret_;
    past_.clear();
    future_.clear();
    last_ = Change::none;
}

void TextEdit::remember(Change change) {
    const bool continues = change == last_ && change != Change::other;
    if (!continues) {
        past_.push_back(now());
        if (past_.size() > kMostSteps) {
            past_.erase(past_.begin());
        }
    }
    future_.clear();
    last_ = change;
}

void TextEdit::replace_selection(std::string_view piece) {
    const TextRange range = selection();
    text_.replace(range.begin, range.end - range.begin, piece);
    caret_ = range.begin + piece.size();
    anchor_ = caret_;
}

void TextEdit::insert(std::string_view piece) {
    if (piece.empty()) {
        return;
    }
    // A run of letters is one step; a space or a longer piece begins another.
    const bool letter = piece.size() <= 4 && piece != " " && piece != "\n" && selection().empty();
    remember(letter ? Change::typing : Change::other);
    replace_selection(piece);
}

void TextEdit::replace_all(std::string_view text) {
    if (text == text_) {
        return;
    }
    remember(Change::other);
    text_ = text;
    caret_ = text_.size();
    anchor_ = caret_;
}

void TextEdit::erase_backwards(bool by_word) {
    if (selection().empty()) {
        if (caret_ == 0) {
            return;
        }
        anchor_ = by_word ? word_start_before(text_, caret_) : previous_boundary(text_, caret_);
    }
    remember(Change::erasing);
    replace_selection({});
}

void TextEdit::erase_forwards(bool by_word) {
    if (selection().empty()) {
        if (caret_ == text_.size()) {
            return;
        }
        anchor_ = by_word ? word_end_after(text_, caret_) : next_boundary(text_, caret_);
    }
    remember(Change::erasing);
    replace_selection({});
}

std::string TextEdit::cut() {
    std::string piece(selected());
    if (!piece.empty()) {
        remember(Change::other);
        replace_selection({});
    }
    return piece;
}

void TextEdit::move_to(size_t offset, bool selecting) {
    caret_ = std::min(offset, text_.size());
    anchor_ = selecting ? anchor_ : caret_;
    last_ = Change::none;
}

void TextEdit::move_left(bool selecting, bool by_word) {
    const TextRange range = selection();
    if (!selecting && !range.empty() && !by_word) {
        move_to(range.begin, false);
        return;
    }
    move_to(by_word ? word_start_before(text_, caret_) : previous_boundary(text_, caret_), selecting);
}

void TextEdit::move_right(bool selecting, bool by_word) {
    const TextRange range = selection();
    if (!selecting && !range.empty() && !by_word) {
        move_to(range.end, false);
        return;
    }
    move_to(by_word ? word_end_after(text_, caret_) : next_boundary(text_, caret_), selecting);
}

void TextEdit::select(TextRange range) {
    anchor_ = std::min(range.begin, text_.size());
    caret_ = std::min(range.end, text_.size());
    last_ = Change::none;
}

void TextEdit::restore(const Step& step) {
    text_ = step.text;
    caret_ = step.caret;
    anchor_ = step.anchor;
    last_ = Change::none;
}

bool TextEdit::undo() {
    if (past_.empty()) {
        return false;
    }
    future_.push_back(now());
    restore(past_.back());
    past_.pop_back();
    return true;
}

bool TextEdit::redo() {
    if (future_.empty()) {
        return false;
    }
    past_.push_back(now());
    restore(future_.back());
    future_.pop_back();
    return true;
}

}  // namespace countersign::shell
