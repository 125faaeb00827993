#pragma once
// Light or dark, as far as files and the environment tell (which is how GTK and KDE programs are told): GTK_THEME,
// KDE's kdeglobals, GTK's settings.ini. Looked at when the program starts.

#include "native/desktop/places.h"
#include "shell/platform/input.h"

namespace countersign::desktop {

shell::AppearanceChanged appearance_of_desktop(const Places& places);

}  // namespace countersign::desktop
