#pragma once
// A label that a press decides for: badge with its key, name, the model's share when it has one.

#include <string>

#include "shell/models/common.h"
#include "shell/ui/core/ui.h"

namespace countersign::shell {

struct LabelChoice {
    const LabelModel* label = nullptr;
    std::string share;
};

float label_choice_width(const Ui& ui, const LabelChoice& choice);
// True when it was pressed.
bool label_choice(Ui& ui, const Rect& rect, const LabelChoice& choice);

}  // namespace countersign::shell
