#pragma once
// Small things that several views draw alike.

#include <optional>
#include <span>
#include <string>

#include "shell/models/common.h"
#include "shell/models/desk.h"
#include "shell/models/intents.h"
#include "shell/ui/widgets/badge.h"
#include "shell/ui/widgets/meter.h"
#include "shell/ui/widgets/panel.h"

namespace countersign::shell {

// Wider windows show more side by side. CSS pixels of the area a view is given.
bool is_phone(const Ui& ui);

Text words_of(Verdict verdict);
Text words_of(Tier tier);
Text words_of(Level level);
Text words_of(Standing standing);
Icon icon_of(Verdict verdict);
Tone tone_of(Verdict verdict);
Icon icon_of(Level level);
Tone tone_of(Level level);
Icon icon_of(Standing standing);
Tone tone_of(Standing standing);
// What the level means, a sentence or two.
Text explanation_of(Level level);
TierMark mark_of(Tier tier);
Urgency urgency_of(DueState state);

// "a · b · c"
std::string joined(std::span<const std::string> facts);

// The head of a screen: title, what is faint beside it; returns what is left at the right for actions.
Rect screen_head(Ui& ui, Rect& area, std::string_view title, std::string_view detail);

// Icon and word of how far a decision has come; hovering, and a screen reader, tell what it means.
void level_words(Ui& ui, const Rect& rect, Level level);
float level_words_width(const Ui& ui, Level level);
// What has become of a decision: how far it has come while it counts, else what it counts for, with the reason.
void fate_words(Ui& ui, const Rect& rect, const FateModel& fate);
// The same as a text: "Saved"; "Second opinion: the lease had passed to ben, who has decided."
std::string fate_text(const Ui& ui, const FateModel& fate);

// Names of items that lead there, side by side, from the top of `rest`; many are shown only on demand.
void item_links(Ui& ui, Rect& rest, std::span<const ItemLink> items, Intents& intents);
float item_links_height(const Ui& ui, float width, std::span<const ItemLink> items);

// Label badge, name, share, bar with threshold: what the model said, in one block. Returns its height.
struct PredictionBlock {
    const LabelModel& label;
    const ConfidenceModel& confidence;
    bool large = false;
};

float prediction_height(const Ui& ui, const PredictionBlock& block);
void draw_prediction(Ui& ui, const Rect& rect, const PredictionBlock& block);

// The key that chooses this label; nothing when it has none.
std::optional<Command> command_of(const LabelModel& label);
// True once, for whoever does it: the label's key was pressed.
bool commanded(Ui& ui, const LabelModel& label);
// As aria-keyshortcuts wants it.
std::string shortcut_of(const LabelModel& label);

// Loading or failed: draws that and answers true. "Try again" becomes an intent.
bool draw_unready(Ui& ui, const Rect& rect, const LoadModel& load, std::string_view loading_words, Intents& intents);

// Words side by side that wrap to the next line when there is no room; gives each its place.
class Flow {
public:
    Flow(const Rect& rect, float row_height, float gap)
        : rect_(rect), row_height_(row_height), gap_(gap), x_(rect.x), y_(rect.y) {}

    Rect place(float width);

    float bottom() const { return x_ == rect_.x ? y_ : y_ + row_height_; }

private:
    Rect rect_;
    float row_height_;
    float gap_;
    float x_;
    float y_;
};

}  // namespace countersign::shell
