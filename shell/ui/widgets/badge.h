#pragma once
// Small marks that say one thing: a label, a tier, a due time, a count. Colour never says it alone: a letter, a shape
// or words do.

#include <string_view>

#include "shell/ui/core/text.h"

namespace countersign::shell {

// The label's letter on its colour. `name` is for screen readers; empty when the name stands beside it.
void label_badge(Ui& ui, const Rect& rect, std::string_view letter, int colour, std::string_view name = {});
// Badge and name on one line. Returns the width.
float label_with_badge(Ui& ui, const Rect& rect, std::string_view letter, int colour, std::string_view name,
                       const TextStyle& style);

enum class Urgency : uint8_t { none, later, soon, overdue };

// "3 h left" with a clock; shape and words change with urgency as well as colour. Returns the width.
float due_pill(Ui& ui, const Rect& rect, std::string_view words, Urgency urgency);
float due_pill_width(const Ui& ui, std::string_view words, Urgency urgency);

enum class TierMark : uint8_t { automatic, quick, full };

// A shape for how much work an item is: ring, half, full.
void tier_badge(Ui& ui, const Rect& rect, TierMark tier, std::string_view name);

enum class Tone : uint8_t { neutral, accent, good, warn, bad };

// Words on a soft ground. Returns the width.
float pill(Ui& ui, const Rect& rect, std::string_view words, Tone tone);
float pill_width(const Ui& ui, std::string_view words);

Ink ink_of(Tone tone);
Ground ground_of(Tone tone);

}  // namespace countersign::shell
