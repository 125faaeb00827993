#pragma once
// Waiting for the desk to have nothing more to do: no request under way, no frame wanted soon. A caret that blinks and
// a clock that ticks are not work.

#include <optional>

#include "native/desktop/running_desk.h"

namespace countersign::desktop {

// Runs frames and answers until the desk is at rest; false when it was not within this time.
bool come_to_rest(RunningDesk& running, DesktopHost& host, Inbox& inbox, Duration most);

// Runs what has come in. The desk's session works in frames, so an answer is followed by one; it draws only when there
// is something new to see.
void take_posted(Inbox& inbox, DesktopHost& host);

// Whether the next frame is so far away that nothing is going on.
bool is_later(std::optional<Duration> next_frame);

// The outline of the tree on standard output, and a line "---" after it.
void print_semantics(const shell::SemanticTree& tree);

}  // namespace countersign::desktop
