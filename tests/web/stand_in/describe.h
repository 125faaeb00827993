#pragma once
// An input event as a line that a test can compare: "key a pressed control+shift", "text é".

#include <string>

#include "shell/platform/input.h"

namespace countersign::web::stand_in {

std::string describe(const shell::InputEvent& event);

}  // namespace countersign::web::stand_in
