#pragma once
// The difference of two semantic trees as bytes: what the page's mirror (web/page/mirror.js) must change to show the
// second. Positions are relative to the parent's, so that a scrolled row does not move its cells.
//
//   u32 removed, then their ids
//   u32 nodes, each: u32 id, u16 mask, then the fields that the mask names, in this order
//        1 role (text)   2 name (text)   4 value (text)   8 description (text)   16 shortcut (text)   32 state (u16)
//        64 x, y relative to the parent, width, height (4 reals)   128 position, set size, level (3 x i32)
//   u32 parents, each: u32 id (0: the desk), u32 children, then their ids in reading order
//   u32 id of the focused node, or 0
//
// State bits, from 1: disabled, focused, selected, checkable, checked, expandable, expanded, required, invalid,
// readonly, modal.

#include <string>

#include "shell/semantics/tree.h"

namespace countersign::web {

// Empty when the trees are equal. A node whose id came before in the same tree is left out; a parent that does not
// come before its child counts as the desk.
std::string semantics_patch(const shell::SemanticTree& before, const shell::SemanticTree& after);

}  // namespace countersign::web
