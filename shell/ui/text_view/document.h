#pragma once
// A document cut into lines for one width: which line holds an offset, which offset a point means. Offsets towards the
// outside are Unicode code points, inside bytes. Laid out once and kept while text, width and style stay the same.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "shell/ui/core/text.h"
#include "shell/ui/edit/text_edit.h"

namespace countersign::shell {

class DocumentLayout {
public:
    // Cheap when nothing changed (one comparison of the bytes).
    void fit(const Ui& ui, std::string_view text, const TextStyle& style, float width);

    const std::string& text() const { return text_; }

    size_t line_count() const { return lines_.size(); }

    const TextLine& line(size_t index) const { return lines_[index]; }

    std::string_view line_text(size_t index) const;
    size_t line_of(size_t byte) const;

    size_t to_code_point(size_t byte) const;
    size_t to_byte(size_t code_point) const;

    float x_of(const Ui& ui, size_t line, size_t byte) const;
    size_t byte_in_line(const Ui& ui, size_t line, float x) const;

    // Byte offsets of every place where `needle` stands, letters of either case; at most `most`.
    std::vector<TextRange> find(std::string_view needle, size_t most) const;

private:
    std::string text_;
    TextStyle style_;
    float width_ = -1;
    std::vector<TextLine> lines_;
    std::vector<size_t> code_points_;  // before each line
};

}  // namespace countersign::shell
