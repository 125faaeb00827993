#pragma once
// Input events as the page sends them (web/page/input_writer.js writes, web/protocol.md lists the records).

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "shell/platform/input.h"

namespace countersign::web {

struct InputRecord {
    shell::InputEvent event;
    // What a pressed key would type, sent only while the page has no text field focused. The desk may have opened a
    // field since: then this text belongs into it (a person types faster than two threads talk).
    std::string typed;
};

// Errors: internal, with the byte; a page that sends such bytes is broken and nothing of them is used.
Result<std::vector<InputRecord>> read_input_records(std::string_view bytes);

}  // namespace countersign::web
