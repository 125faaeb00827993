#pragma once
// The whole window: navigation, the screen, what lies over it. One call a frame.

#include "shell/models/desk.h"
#include "shell/models/intents.h"
#include "shell/ui/core/ui.h"

namespace countersign::shell {

void draw_desk(Ui& ui, const DeskModel& model, Intents& intents);

}  // namespace countersign::shell
