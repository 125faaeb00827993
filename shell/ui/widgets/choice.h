#pragma once
// Choosing one or some of a few: check box, yes / no / n.a., radio list, reason chips, tabs.

#include <optional>
#include <span>
#include <string_view>

#include "shell/ui/core/item.h"
#include "shell/ui/core/paint.h"

namespace countersign::shell {

// True when it was switched.
bool check_box(Ui& ui, const Rect& rect, std::string_view label, bool checked, bool enabled = true);

struct Segment {
    std::string_view label;
    std::string_view count = {};  // drawn fainter behind the label
    std::optional<Command> command = {};
};

struct SegmentsSpec {
    std::string_view key;
    std::string_view name;
    std::span<const Segment> segments;
    int chosen = -1;  // none
    bool enabled = true;
    bool invalid = false;
    bool as_tabs = false;  // role tab instead of radio
};

// One row of choices in a common frame; Left and Right move while one of them has the keyboard. The new choice.
std::optional<int> segments(Ui& ui, const Rect& rect, const SegmentsSpec& spec);
float segments_width(const Ui& ui, const SegmentsSpec& spec);

// Tabs as words with a line under the chosen one.
std::optional<int> tabs(Ui& ui, const Rect& rect, const SegmentsSpec& spec);

struct Option {
    std::string_view label;
    std::string_view detail = {};
    std::string_view letter = {};  // of a label badge; none when empty
    int colour = 0;
    std::optional<Command> command = {};
};

struct RadioSpec {
    std::string_view key;
    std::string_view name;
    std::span<const Option> options;
    int chosen = -1;
    bool enabled = true;
};

// One under the other, each a row high. The new choice.
std::optional<int> radio_list(Ui& ui, const Rect& rect, const RadioSpec& spec);
float radio_row_height(const Ui& ui);

// A chip that is on or off, as wide as it needs. True when it was switched.
bool chip(Ui& ui, const Rect& rect, std::string_view label, bool on, std::string_view key);
float chip_width(const Ui& ui, std::string_view label);

}  // namespace countersign::shell
