#include "shell/ui/widgets/field_layout.h"

#include <imgui.h>
#include <imgui_internal.h>

#include "core/base/utf8.h"
#include "shell/ui/core/paint.h"

namespace countersign::shell {

FieldLayout::FieldLayout(const Ui& ui, std::string_view text, const LayoutSpec& spec, std::string_view preedit,
                         size_t caret)
    : spec_(spec), text_(text), preedit_{caret, caret + preedit.size()}, style_(ui.theme.type.body) {
    text_.insert(std::min(caret, text_.size()), preedit);
    line_height_ = style_.line;
    if (spec.multiline) {
        lines_ = wrap(ui, style_, text_, spec.inside.w);
    } else {
        lines_.push_back({0, text_.size()});
    }
}

int FieldLayout::line_of(size_t offset) const {
    size_t line = 0;
    while (line + 1 < lines_.size() && lines_[line + 1].begin <= offset) {
        line++;
    }
    return static_cast<int>(line);
}

std::string FieldLayout::shown(size_t begin, size_t end) const {
    const std::string_view piece = std::string_view(text_).substr(begin, end - begin);
    if (!spec_.password) {
        return std::string(piece);
    }
    std::string dots;
    for (size_t i = utf8::length(piece); i > 0; i--) {
        dots += "•";
    }
    return dots;
}

float FieldLayout::width(const Ui& ui, size_t begin, size_t end) const {
    return end > begin ? text_width(ui, style_, shown(begin, end)) : 0;
}

float FieldLayout::x_of(const Ui& ui, size_t offset) const {
    const TextLine& line = lines_[static_cast<size_t>(line_of(offset))];
    return width(ui, line.begin, offset);
}

size_t FieldLayout::offset_in_line(const Ui& ui, int line, float x) const {
    if (line < 0) {
        return 0;
    }
    if (line >= static_cast<int>(lines_.size())) {
        return text_.size();
    }
    const TextLine& at = lines_[static_cast<size_t>(line)];
    if (spec_.password) {
        const size_t dots = byte_at(ui, style_, shown(at.begin, at.end), x) / std::string_view("•").size();
        return utf8::byte_offset(text_, dots);
    }
    return at.begin + byte_at(ui, style_, std::string_view(text_).substr(at.begin, at.end - at.begin), x);
}

size_t FieldLayout::offset_at(const Ui& ui, float x, float y) const {
    const int last = static_cast<int>(lines_.size()) - 1;
    const int line = spec_.multiline ? std::clamp(static_cast<int>((y - spec_.inside.y) / line_height_), 0, last) : 0;
    return offset_in_line(ui, line, x - spec_.inside.x);
}

float FieldLayout::line_top(int line, const FieldView& view) const {
    const float first = spec_.multiline ? spec_.inside.y : spec_.inside.y + whole((spec_.inside.h - line_height_) / 2);
    return first + static_cast<float>(line) * line_height_ - view.scroll_y;
}

void FieldLayout::draw_selection(const Ui& ui, const FieldView& view) const {
    for (size_t i = 0; i < lines_.size(); i++) {
        const TextLine& line = lines_[i];
        const size_t begin = std::max(view.selection.begin, line.begin);
        const size_t end = std::min(view.selection.end, line.end);
        const bool through = view.selection.begin <= line.end && view.selection.end > line.end;
        if (begin > end || (begin == end && !through)) {
            continue;
        }
        const float left = width(ui, line.begin, begin);
        const float extent = width(ui, begin, end) + (through ? ui.theme.space.xs : 0);
        fill(ui,
             {whole(spec_.inside.x + left - view.scroll_x), line_top(static_cast<int>(i), view), whole(extent),
              line_height_},
             ui.theme.palette->selection);
    }
}

void FieldLayout::draw_caret(Ui& ui, const FieldView& view) const {
    const size_t at = preedit_.empty() ? view.caret : preedit_.end;
    const int line = line_of(at);
    const float x = whole(spec_.inside.x + width(ui, lines_[static_cast<size_t>(line)].begin, at) - view.scroll_x);
    const float top = line_top(line, view);
    const float thick = ui.theme.px(1.5F);
    fill(ui, {x, top + ui.theme.space.xxs, thick, line_height_ - 2 * ui.theme.space.xxs}, ui.theme.ink(Ink::accent));
    const float scale = ui.theme.scale;
    ui.wishes.text_input = TextInputArea{x / scale, top / scale, line_height_ / scale, spec_.multiline};
}

void FieldLayout::draw(Ui& ui, const FieldView& view) const {
    if (view.focused && !view.selection.empty() && preedit_.empty()) {
        draw_selection(ui, view);
    }
    for (size_t i = 0; i < lines_.size(); i++) {
        const TextLine& line = lines_[i];
        const float top = line_top(static_cast<int>(i), view);
        const float x = spec_.inside.x - view.scroll_x;
        draw_text_at(ui, x, top + baseline_in_line(style_), shown(line.begin, line.end), style_,
                     ui.theme.ink(Ink::text));
        const size_t begin = std::max(preedit_.begin, line.begin);
        const size_t end = std::min(preedit_.end, line.end);
        if (begin < end) {
            const Rect under{x + width(ui, line.begin, begin), top, width(ui, begin, end), line_height_};
            edge(ui, under, Side::bottom, ui.theme.ink(Ink::accent));
        }
    }
    if (view.focused) {
        draw_caret(ui, view);
    }
}

void drop_focus() {
    ImGuiContext& g = *ImGui::GetCurrentContext();
    ImGui::ClearActiveID();
    g.NavId = 0;
    // Else a dialog that closes gives the focus back to what was left long ago.
    if (g.NavWindow != nullptr) {
        g.NavWindow->NavLastIds[0] = 0;
    }
    g.NavCursorVisible = false;
}

}  // namespace countersign::shell
