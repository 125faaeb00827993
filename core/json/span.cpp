#include "core/json/span.h"

namespace countersign {

namespace {

constexpr std::string_view kSpace = " \t\r\n";

// Behind the string that begins here.
size_t skip_string(std::string_view text, size_t at) {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        at += text[at] == '\\' ? 1 : 0;
    }
    return at + 1;
}

// Behind the value that begins here: its brackets are closed, or the next mark of the object around it comes.
size_t skip_value(std::string_view text, size_t at) {
    size_t depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = skip_string(text, at);
        } else if (depth == 0 && (c == ',' || c == '}' || kSpace.find(c) != std::string_view::npos)) {
            return at;
        } else {
            depth += c == '{' || c == '[' ? 1 : 0;
            depth -= c == '}' || c == ']' ? 1 : 0;
            ++at;
        }
        if (depth == 0 && (c == '}' || c == ']' || c == '"')) {
            return at;
        }
    }
    return at;
}

size_t skip_space(std::string_view text, size_t at) {
    const size_t next = text.find_first_not_of(kSpace, at);
    return next == std::string_view::npos ? text.size() : next;
}

}  // namespace

std::string_view member_bytes(std::string_view object, std::string_view name) {
    size_t at = skip_space(object, 0) + 1;
    while (true) {
        at = skip_space(object, at);
        if (at >= object.size() || object[at] != '"') {
            return {};
        }
        const size_t name_end = skip_string(object, at);
        const auto found = parse_json(object.substr(at, name_end - at));
        const size_t value = skip_space(object, skip_space(object, name_end) + 1);  // behind the colon
        const size_t end = skip_value(object, value);
        if (found.ok() && found.value().string() != nullptr && *found.value().string() == name) {
            return object.substr(value, end - value);
        }
        at = skip_space(object, end) + 1;  // behind the comma
    }
}

}  // namespace countersign
