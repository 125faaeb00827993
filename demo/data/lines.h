#pragma once
// JSON Lines: one object a line, blank lines allowed. An error names the file and the line, counted from 1.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/json/json.h"

namespace countersign::demo {

struct Line {
    std::string place;  // "messages.jsonl, line 7"
    Json json;
};

// `name` is the file's, for errors; `text` its content.
Result<std::vector<Line>> read_lines(std::string_view name, std::string_view text);

// "input.text: is missing" becomes "messages.jsonl, line 7: input.text: is missing".
Error at_line(const Line& line, const Error& error);

}  // namespace countersign::demo
