#pragma once
// Which texts an event or a command commits to, and as what. A text that nothing names, or that does not open under the
// domain it is named with, is kept nowhere.

#include <string_view>
#include <vector>

#include "core/log/commitment.h"
#include "core/model/command.h"
#include "core/model/event.h"

namespace countersign {

struct NamedText {
    Digest commitment;
    std::string_view domain;
};

// Without the item's document, which has a place of its own.
std::vector<NamedText> texts_named_by(const EventBody& body);
std::vector<NamedText> texts_named_by(const CommandBody& command);

// The one that names this text, or nullptr.
const NamedText* find_named(const std::vector<NamedText>& named, const Digest& commitment);

}  // namespace countersign
