#pragma once
// The full review in its parts: the document, what is decided, what surrounds the decision. full_view.cpp places them.

#include "shell/models/desk.h"
#include "shell/models/intents.h"
#include "shell/ui/core/ui.h"

namespace countersign::shell {

void draw_full_document(Ui& ui, const Rect& area, const FullModel& model, Intents& intents);
// Where what reviewers said stands: beside the decision where there is room, else above it.
enum class OthersIn : uint8_t { decide, context };
void draw_full_decide(Ui& ui, const Rect& area, const FullModel& model, OthersIn others, Intents& intents);
// What reviewers said, from the top of the column on.
void draw_full_others(Ui& ui, Rect& rest, const FullModel& model);
// Reason codes: chips where there are few, else a tree with what each means, and a search.
void draw_full_reasons(Ui& ui, Rect& rest, const FullModel& model, Intents& intents);
void draw_full_context(Ui& ui, const Rect& area, const FullModel& model, OthersIn others, Intents& intents);

// Checklist, reasons, rationale and evidence within a scrolling column: take their height from `rest`.
void draw_checklist(Ui& ui, Rect& rest, const FullModel& model, Intents& intents);
void draw_rationale(Ui& ui, Rect& rest, const FullModel& model, Intents& intents);
void draw_evidence(Ui& ui, Rect& rest, const FullModel& model, Intents& intents);

}  // namespace countersign::shell
