#pragma once
// Where the letters of a text field stand: lines, carets, selections. Built anew for each frame from the text and, when
// an input method is composing, the text under composition at the caret.

#include <string>
#include <string_view>
#include <vector>

#include "shell/ui/core/text.h"
#include "shell/ui/edit/text_edit.h"

namespace countersign::shell {

struct LayoutSpec {
    Rect inside;
    bool multiline = false;
    bool password = false;
};

struct FieldView {
    float scroll_x = 0;
    float scroll_y = 0;
    TextRange selection;
    size_t caret = 0;
    bool focused = false;
};

class FieldLayout {
public:
    FieldLayout(const Ui& ui, std::string_view text, const LayoutSpec& spec, std::string_view preedit = {},
                size_t caret = 0);

    bool multiline() const { return spec_.multiline; }

    float line_height() const { return line_height_; }

    float height() const { return line_height_ * static_cast<float>(lines_.size()); }

    int line_of(size_t offset) const;

    size_t line_start(size_t offset) const { return lines_[static_cast<size_t>(line_of(offset))].begin; }

    size_t line_end(size_t offset) const { return lines_[static_cast<size_t>(line_of(offset))].end; }

    // From the field's inner left edge; without composition.
    float x_of(const Ui& ui, size_t offset) const;
    size_t offset_in_line(const Ui& ui, int line, float x) const;
    // A point of the screen, with what is scrolled away added.
    size_t offset_at(const Ui& ui, float x, float y) const;

    // Letters, selection, caret; tells the platform where the caret is.
    void draw(Ui& ui, const FieldView& view) const;

private:
    std::string shown(size_t begin, size_t end) const;
    float width(const Ui& ui, size_t begin, size_t end) const;
    float line_top(int line, const FieldView& view) const;
    void draw_selection(const Ui& ui, const FieldView& view) const;
    void draw_caret(Ui& ui, const FieldView& view) const;

    LayoutSpec spec_;
    std::string text_;  // with the text under composition
    TextRange preedit_;
    std::vector<TextLine> lines_;
    float line_height_ = 0;
    TextStyle style_;
};

void drop_focus();

}  // namespace countersign::shell
