#include "shell/ui/text_view/document.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace countersign::shell {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

void DocumentLayout::fit(const Ui& ui, std::string_view text, const TextStyle& style, float width) {
    if (width == width_ && style.size == style_.size && style.face == style_.face && text == text_) {
        return;
    }
    text_ = text;
    style_ = style;
    width_ = width;
    lines_ = wrap(ui, style, text_, width);
    code_points_.clear();
    code_points_.reserve(lines_.size());
    size_t count = 0;
    size_t at = 0;
    for (const TextLine& line : lines_) {
        count += utf8::length(std::string_view(text_).substr(at, line.begin - at));
        at = line.begin;
        code_points_.push_back(count);
    }
}

std::string_view DocumentLayout::line_text(size_t index) const {
    const TextLine& at = lines_[index];
    return std::string_view(text_).substr(at.begin, at.end - at.begin);
}

size_t DocumentLayout::line_of(size_t byte) const {
    const auto after = std::upper_bound(lines_.begin(), lines_.end(), byte,
                                        [](size_t value, const TextLine& line) { return value < line.begin; });
    return after == lines_.begin() ? 0 : static_cast<size_t>(after - lines_.begin()) - 1;
}

size_t DocumentLayout::to_code_point(size_t byte) const {
    const size_t index = line_of(byte);
    const size_t begin = lines_[index].begin;
    return code_points_[index] + utf8::length(std::string_view(text_).substr(begin, byte - begin));
}

size_t DocumentLayout::to_byte(size_t code_point) const {
    const auto after = std::upper_bound(code_points_.begin(), code_points_.end(), code_point);
    const size_t index = after == code_points_.begin() ? 0 : static_cast<size_t>(after - code_points_.begin()) - 1;
    const size_t begin = lines_[index].begin;
    return begin + utf8::byte_offset(std::string_view(text_).substr(begin), code_point - code_points_[index]);
}

float DocumentLayout::x_of(const Ui& ui, size_t line, size_t byte) const {
    const TextLine& at = lines_[line];
    const size_t end = std::clamp(byte, at.begin, at.end);
    return text_width(ui, style_, std::string_view(text_).substr(at.begin, end - at.begin));
}

size_t DocumentLayout::byte_in_line(const Ui& ui, size_t line, float x) const {
    return lines_[line].begin + byte_at(ui, style_, line_text(line), x);
}

std::vector<TextRange> DocumentLayout::find(std::string_view needle, size_t most) const {
    std::vector<TextRange> found;
    if (needle.empty()) {
        return found;
    }
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    auto at = text_.begin();
    while (found.size() < most) {
        at = std::search(at, text_.end(), needle.begin(), needle.end(), same);
        if (at == text_.end()) {
            break;
        }
        const auto begin = static_cast<size_t>(at - text_.begin());
        found.push_back({begin, begin + needle.size()});
        at += static_cast<std::ptrdiff_t>(needle.size());
    }
    return found;
}

}  // namespace countersign::shell
