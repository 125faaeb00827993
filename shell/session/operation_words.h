#pragma once
// What an operation says, in words: for its author, and for a lead who has to settle it. The free texts are those that
// are on this device.

#include <string>
#include <string_view>
#include <vector>

#include "core/model/item_state.h"
#include "shell/models/common.h"
#include "shell/session/workplace.h"

namespace countersign::shell {

struct OperationWords {
    std::string what;               // "Accepted: Pothole"
    std::vector<std::string> says;  // answers, reasons, marked places, rationale: a line each
};

// `state`: of the operation's item, or nullptr when it is not here.
OperationWords operation_words(const Workplace& work, std::string_view bytes, const ItemState* state);

}  // namespace countersign::shell
