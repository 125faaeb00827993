#pragma once
// The desk without a window, for a picture of it: needs no display and no graphics card.

#include "native/desktop/running_desk.h"

namespace countersign::desktop {

// Draws with the CPU rasteriser until the desk is at rest, writes the picture, ends. Gives the exit status.
int run_for_screenshot(const Options& options, const Places& places, const Target& target);

}  // namespace countersign::desktop
