#pragma once
// The screens, each a function of its model: draws into an area, tells what a person wants.

#include "shell/models/desk.h"
#include "shell/models/intents.h"
#include "shell/ui/core/ui.h"

namespace countersign::shell {

void draw_starting(Ui& ui, const Rect& area, const StartingModel& model, Intents& intents);
void draw_sign_in(Ui& ui, const Rect& area, const SignInModel& model, Intents& intents);
void draw_queue(Ui& ui, const Rect& area, const QueueModel& model, Intents& intents);
void draw_quick(Ui& ui, const Rect& area, const QuickModel& model, Intents& intents);
void draw_full(Ui& ui, const Rect& area, const FullModel& model, Intents& intents);
void draw_done(Ui& ui, const Rect& area, const DoneModel& model, Intents& intents);
void draw_sync(Ui& ui, const Rect& area, const SyncModel& model, Intents& intents);
void draw_settle(Ui& ui, const Rect& area, const SettleModel& model, Intents& intents);
void draw_tiers(Ui& ui, const Rect& area, const TiersModel& model, Intents& intents);

// Over the queue: taking work along.
void draw_take_along(Ui& ui, const TakeAlongModel& model, Intents& intents);

// Over everything: all keys, from the command table.
void draw_keys(Ui& ui, Intents& intents);

// Around the screen; each takes its part of the area away.
void draw_sidebar(Ui& ui, Rect& area, const NavigationModel& model, Place place, bool narrow, Intents& intents);
void draw_tab_bar(Ui& ui, Rect& area, const NavigationModel& model, Place place, Intents& intents);
void draw_status_line(Ui& ui, Rect& area, const NavigationModel& model, const DeskModel& desk);

}  // namespace countersign::shell
