#pragma once
// The tree as indented text, one node a line, for approvals, for scripts and for reading in a failure:
//
//   button "Accept" focused [Enter]
//   textbox "Search" = gas (1 of 3)
// Names and values are cut at 60 characters.

#include <string>

#include "shell/semantics/tree.h"

namespace countersign::shell {

std::string outline(const SemanticTree& tree);

}  // namespace countersign::shell
