#pragma once
// The few shapes the desk is drawn with. Everything lands on whole device pixels.

#include "shell/ui/core/ui.h"
#include "shell/ui/font/icon.h"

namespace countersign::shell {

void fill(const Ui& ui, const Rect& rect, Colour colour, float radius = 0);
// Inside the rectangle, one hairline thick.
void stroke(const Ui& ui, const Rect& rect, Colour colour, float radius = 0);
// A thicker line inside the rectangle.
void stroke_thick(const Ui& ui, const Rect& rect, Colour colour, float radius, float thickness);

enum class Side : uint8_t { top, bottom, left, right };

// A hairline along one side of an area, inside it.
void edge(const Ui& ui, const Rect& rect, Side side, Colour colour);

struct Point {
    float x = 0;
    float y = 0;
};

void draw_line(const Ui& ui, Point from, Point to, Colour colour, float thickness);

// A soft shadow around something that floats.
void shadow(const Ui& ui, const Rect& rect, float radius);

// In the middle of the rectangle.
void draw_icon(const Ui& ui, const Rect& rect, Icon icon, Colour colour, float size);

enum class Mark : uint8_t { circle, square, diamond, triangle, ring };

// A small filled shape in the middle of the rectangle; shape says the same as its colour.
void draw_mark(const Ui& ui, const Rect& rect, Mark mark, Colour colour, float size);

// The ring around what has the keyboard.
void focus_ring(const Ui& ui, const Rect& rect, float radius);

// Only what lies inside is drawn and can be hit while it lives.
class Clip {
public:
    explicit Clip(const Rect& rect);
    ~Clip();
    Clip(const Clip&) = delete;
    Clip& operator=(const Clip&) = delete;
};

}  // namespace countersign::shell
