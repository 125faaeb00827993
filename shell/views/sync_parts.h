#pragma once
// The sync screen in its parts, each taking its height from the top of `rest`. sync_view.cpp places them.

#include "shell/models/intents.h"
#include "shell/models/sync.h"
#include "shell/ui/core/ui.h"

namespace countersign::shell {

// What has to be read, and what waits for a lead.
void draw_notices(Ui& ui, Rect& rest, const SyncModel& model, Intents& intents);
void draw_waiting_decisions(Ui& ui, Rect& rest, const SyncModel& model, Intents& intents);
// The outbox, out as a file and in again.
void draw_outbox_file(Ui& ui, Rect& rest, const SyncModel& model, Intents& intents);

}  // namespace countersign::shell
