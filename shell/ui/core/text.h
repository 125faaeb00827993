#pragma once
// Text on the screen: one line, or a paragraph. draw_... only paints; say_... also tells the item table, so that screen
// readers read it and tests find it. What does not fit ends in an ellipsis.

#include <string_view>
#include <vector>

#include "shell/ui/core/ui.h"

namespace countersign::shell {

enum class Align : uint8_t { left, centre, right };

float text_width(const Ui& ui, const TextStyle& style, std::string_view text);

// In the vertical middle of the rectangle. Returns the width painted.
float draw_text(const Ui& ui, const Rect& rect, std::string_view text, const TextStyle& style, Colour colour,
                Align align = Align::left);

// The text itself, from its left end and baseline; nothing is cut.
void draw_text_at(const Ui& ui, float x, float baseline, std::string_view text, const TextStyle& style, Colour colour);

// Where the baseline of a line of this style lies below the line's top.
float baseline_in_line(const TextStyle& style);

float say_text(Ui& ui, const Rect& rect, std::string_view text, const TextStyle& style, Colour colour,
               Align align = Align::left);
float say_heading(Ui& ui, const Rect& rect, std::string_view text, const TextStyle& style, int level);

// As much of the text as fits with an ellipsis behind it; the text itself when all of it fits.
std::string fitted(const Ui& ui, const TextStyle& style, std::string_view text, float width);

// The boundary between code points nearest to a distance from the text's left end.
size_t byte_at(const Ui& ui, const TextStyle& style, std::string_view text, float x);

// A line of wrapped text: bytes [begin, end) without the break that ends it.
struct TextLine {
    size_t begin = 0;
    size_t end = 0;
};

// Breaks at spaces, after hyphens and slashes, between ideographs; inside a word only when it is wider than the line.
std::vector<TextLine> wrap(const Ui& ui, const TextStyle& style, std::string_view text, float width);

struct ParagraphOptions {
    Ink ink = Ink::text;
    int most_lines = 1000;
    Align align = Align::left;
    int heading = 0;  // its level, when it is one
};

float paragraph_height(const Ui& ui, const TextStyle& style, std::string_view text, float width, int most_lines = 1000);
// From the top of the rectangle. Returns its height.
float say_paragraph(Ui& ui, const Rect& rect, std::string_view text, const TextStyle& style,
                    const ParagraphOptions& options = {});

}  // namespace countersign::shell
