#include "demo/data/lines.h"

#include "core/base/concat.h"

namespace countersign::demo {

Result<std::vector<Line>> read_lines(std::string_view name, std::string_view text) {
    std::vector<Line> lines;
    size_t number = 0;
    while (!text.empty()) {
        const size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
            continue;
        }
        std::string place = concat(name, ", line ", number);
        Result<Json> json = parse_json(line);
        if (!json.ok()) {
            // The reader counts lines too, and saw only this one: its column is what is worth keeping.
            const size_t column = json.error().field.find(", column");
            place += column == std::string::npos ? "" : json.error().field.substr(column);
            return fail(json.error().code, json.error().message, std::move(place));
        }
        lines.push_back({std::move(place), std::move(json).value()});
    }
    return lines;
}

Error at_line(const Line& line, const Error& error) {
    return fail(error.code, error.text(), line.place);
}

}  // namespace countersign::demo
