#pragma once
// A column of content that scrolls behind its frame: by wheel, finger, keys, and when the focus moves out of sight.
// Positions are exact device pixels, so content of any ordinary height does not jitter; lists of a million rows do
// their own counting (table.h).
//
//   ScrollPane pane(ui, area, "checklist");
//   Rect content = pane.content();     // as wide as the pane, starting at the scrolled position
//   ... draw, cutting from content ...
//   pane.end_at(content.y);            // where the content stopped

#include <string_view>

#include "shell/ui/core/ui.h"

namespace countersign::shell {

class ScrollPane final : public ScrollFrame {
public:
    // `gutter`: room right of the area that the scroll bar may use, so that it never covers content.
    ScrollPane(Ui& ui, const Rect& area, std::string_view key, float gutter = 0);
    ~ScrollPane() override;

    ScrollPane(const ScrollPane&) = delete;
    ScrollPane& operator=(const ScrollPane&) = delete;

    // Height is as good as endless.
    Rect content() const;
    void end_at(float y);
    void reveal(const Rect& area) override;

private:
    struct State {
        float offset = 0;
        float content_height = 0;
        float drag_from = 0;
        bool dragging = false;
    };

    Ui& ui_;
    Rect area_;
    float gutter_;
    State& state_;
    float drawn_offset_ = 0;
};

struct ScrollBar {
    uint32_t id = 0;
    Rect area;           // where the thumb moves
    double visible = 0;  // in any unit
    double total = 0;
    double offset = 0;
};

// A thin thumb at the edge; returns the offset after dragging it.
double scroll_bar(Ui& ui, const ScrollBar& bar);

// How far the pointer's wheel or finger moves what lies under it this frame, taken from the input. Positive: down.
float take_scroll(Ui& ui, const Rect& area, bool& dragging, float& drag_from);

}  // namespace countersign::shell
