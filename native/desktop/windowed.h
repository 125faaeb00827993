#pragma once
// The desk in a window.

#include "native/desktop/running_desk.h"

namespace countersign::desktop {

// Until the window is closed or the program is told to stop. Gives the exit status.
int run_in_window(const Options& options, const Places& places, const Target& target);

}  // namespace countersign::desktop
