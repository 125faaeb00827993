#include "shell/ui/core/text.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "core/base/utf8.h"

namespace countersign::shell {
namespace {

constexpr std::string_view kEllipsis = "…";

ImFontBaked& baked(const Ui& ui, const TextStyle& style) {
    return *ui.fonts.of(style.face)->GetFontBaked(style.size);
}

bool is_ideograph(char32_t c) {
    return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7af) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xff00 && c <= 0xffef) || (c >= 0x20000 && c <= 0x3ffff);
}

bool breaks_after(char32_t c) {
    return c == ' ' || c == '\t' || c == '-' || c == '/' || c == 0x2013 || c == 0x2014 || is_ideograph(c);
}

// One paragraph (no line breaks in it) into lines.
class Wrapper {
public:
    Wrapper(ImFontBaked& font, std::string_view text, float width) : font_(font), text_(text), width_(width) {}

    void paragraph(size_t begin, size_t end, std::vector<TextLine>& lines) {
        size_t line = begin;
        size_t last_break = begin;
        float x = 0;
        float x_at_break = 0;
        for (size_t at = begin; at < end;) {
            const size_t here = at;
            const char32_t c = utf8::next(text_, at);
            const float advance = font_.GetCharAdvance(static_cast<ImWchar>(c));
            const bool blank = c == ' ' || c == '\t';
            // Twice when what is left of a word after the cut is itself too wide.
            while (x + advance > width_ && !blank && here > line) {
                const bool by_word = last_break > line && last_break <= here;
                const size_t cut = by_word ? last_break : here;
                lines.push_back({line, without_trailing_blanks(line, cut)});
                x = by_word ? x - x_at_break : 0;
                line = cut;
                last_break = line;
                x_at_break = 0;
            }
            x += advance;
            if (breaks_after(c)) {
                last_break = at;
                x_at_break = x;
            }
        }
        lines.push_back({line, end});
    }

private:
    size_t without_trailing_blanks(size_t begin, size_t end) const {
        while (end > begin && (text_[end - 1] == ' ' || text_[end - 1] == '\t')) {
            end--;
        }
        return end;
    }

    ImFontBaked& font_;
    std::string_view text_;
    float width_;
};

}  // namespace

float text_width(const Ui& ui, const TextStyle& style, std::string_view text) {
    ImFontBaked& font = baked(ui, style);
    float width = 0;
    for (size_t at = 0; at < text.size();) {
        width += font.GetCharAdvance(static_cast<ImWchar>(utf8::next(text, at)));
    }
    return width;
}

float baseline_in_line(const TextStyle& style) {
    return IM_ROUND(style.line / 2 + kCapitalHeight / 2 * style.size);
}

void draw_text_at(const Ui& ui, float x, float baseline, std::string_view text, const TextStyle& style, Colour colour) {
    if (text.empty()) {
        return;
    }
    ImFont* font = ui.fonts.of(style.face);
    const float top = baseline - baseline_offset(*font, style.size);
    ImDrawList& draw = ui.draw();
    font->RenderText(&draw, style.size, {x, top}, colour, draw._CmdHeader.ClipRect, text.data(),
                     text.data() + text.size());
}

std::string fitted(const Ui& ui, const TextStyle& style, std::string_view text, float width) {
    if (text_width(ui, style, text) <= width) {
        return std::string(text);
    }
    ImFontBaked& font = baked(ui, style);
    const float room = width - text_width(ui, style, kEllipsis);
    float x = 0;
    size_t end = 0;
    for (size_t at = 0; at < text.size();) {
        x += font.GetCharAdvance(static_cast<ImWchar>(utf8::next(text, at)));
        if (x > room) {
            break;
        }
        end = at;
    }
    while (end > 0 && text[end - 1] == ' ') {
        end--;
    }
    return std::string(text.substr(0, end)).append(kEllipsis);
}

float draw_text(const Ui& ui, const Rect& rect, std::string_view text, const TextStyle& style, Colour colour,
                Align align) {
    const float wide = text_width(ui, style, text);
    const float baseline = IM_ROUND(rect.y + rect.h / 2 + kCapitalHeight / 2 * style.size);
    if (wide > rect.w) {
        draw_text_at(ui, rect.x, baseline, fitted(ui, style, text, rect.w), style, colour);
        return rect.w;
    }
    const float free = rect.w - wide;
    const float x = align == Align::left     ? rect.x
                    : align == Align::centre ? IM_ROUND(rect.x + free / 2)
                                             : rect.x + free;
    draw_text_at(ui, x, baseline, text, style, colour);
    return wide;
}

float say_text(Ui& ui, const Rect& rect, std::string_view text, const TextStyle& style, Colour colour, Align align) {
    ui.items.add({.role = Role::text, .name = text}, area_of(rect));
    return draw_text(ui, rect, text, style, colour, align);
}

float say_heading(Ui& ui, const Rect& rect, std::string_view text, const TextStyle& style, int level) {
    ui.items.add({.role = Role::heading, .name = text, .level = level}, area_of(rect));
    return draw_text(ui, rect, text, style, ui.theme.ink(Ink::text));
}

size_t byte_at(const Ui& ui, const TextStyle& style, std::string_view text, float x) {
    ImFontBaked& font = baked(ui, style);
    float left = 0;
    size_t at = 0;
    while (at < text.size()) {
        const size_t here = at;
        const float advance = font.GetCharAdvance(static_cast<ImWchar>(utf8::next(text, at)));
        if (x < left + advance / 2) {
            return here;
        }
        left += advance;
    }
    return at;
}

std::vector<TextLine> wrap(const Ui& ui, const TextStyle& style, std::string_view text, float width) {
    std::vector<TextLine> lines;
    Wrapper wrapper(baked(ui, style), text, width);
    size_t begin = 0;
    while (true) {
        const size_t newline = text.find('\n', begin);
        const size_t end = newline == std::string_view::npos ? text.size() : newline;
        const size_t shown_end = end > begin && text[end - 1] == '\r' ? end - 1 : end;
        wrapper.paragraph(begin, shown_end, lines);
        if (newline == std::string_view::npos) {
            return lines;
        }
        begin = newline + 1;
    }
}

float paragraph_height(const Ui& ui, const TextStyle& style, std::string_view text, float width, int most_lines) {
    const auto count = static_cast<int>(wrap(ui, style, text, width).size());
    return style.line * static_cast<float>(std::min(count, most_lines));
}

float say_paragraph(Ui& ui, const Rect& rect, std::string_view text, const TextStyle& style,
                    const ParagraphOptions& options) {
    const std::vector<TextLine> lines = wrap(ui, style, text, rect.w);
    const auto shown = std::min(lines.size(), static_cast<size_t>(options.most_lines));
    const float height = style.line * static_cast<float>(shown);
    const Role role = options.heading > 0 ? Role::heading : Role::text;
    ui.items.add({.role = role, .name = text, .level = options.heading}, area_of({rect.x, rect.y, rect.w, height}));
    for (size_t i = 0; i < shown; i++) {
        const bool cut = i + 1 == shown && shown < lines.size();
        std::string line(text.substr(lines[i].begin, lines[i].end - lines[i].begin));
        if (cut) {
            line = fitted(ui, style, line.append(" …"), rect.w);
        }
        const Rect place{rect.x, rect.y + static_cast<float>(i) * style.line, rect.w, style.line};
        draw_text(ui, place, line, style, ui.theme.ink(options.ink), options.align);
    }
    return height;
}

}  // namespace countersign::shell
