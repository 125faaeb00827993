#pragma once
// Plots where people would rather look than read: a square with axes, and marks in it. Each is one image to a screen
// reader, with what it shows in words.

#include <span>
#include <string>
#include <string_view>

#include "shell/ui/core/text.h"

namespace countersign::shell {

struct PlotSpec {
    std::string_view name;   // "Reliability"
    std::string_view words;  // what it shows, for who does not see it
    std::string_view x_axis;
    std::string_view y_axis;
};

struct ErrorBar {
    float x = 0;  // shares of the axes, 0 to 1
    float y = 0;
    float lower = 0;
    float upper = 0;
    float expected_lower = 0;  // drawn behind, softly: what chance alone would show
    float expected_upper = 0;
};

// Dots with whiskers, before the diagonal.
void reliability_plot(Ui& ui, const Rect& rect, const PlotSpec& spec, std::span<const ErrorBar> bars);

struct CoursePoint {
    float x = 0;  // 0 to 1
    float y = 0;  // 1 is the limit; from -1 on
};

// A line that must stay below a limit.
void course_plot(Ui& ui, const Rect& rect, const PlotSpec& spec, std::span<const CoursePoint> points,
                 std::string_view limit);

}  // namespace countersign::shell
