#include "native/http/target.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/utf8.h"

namespace countersign::http {
namespace {

Refusal bad(std::string detail) {
    return {400, std::move(detail), {}};
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Nothing when an escape is not followed by two hex digits.
std::optional<std::string> decode_escapes(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

// As browsers send them: visible ASCII without what the URL standard always escapes there.
bool fits_target(std::string_view text, std::string_view forbidden) {
    return std::ranges::all_of(text,
                               [&](char c) { return c > ' ' && c < 0x7F && forbidden.find(c) == forbidden.npos; });
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
}

bool has_dot_segment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const std::string_view segment = path.substr(0, path.find('/'));
        if (segment == "." || segment == "..") {
            return true;
        }
        path.remove_prefix(segment.size());
    }
    return false;
}

bool has_escaped_slash(std::string_view path) {
    for (size_t at = path.find('%'); at != path.npos; at = path.find('%', at + 1)) {
        const std::string_view code = path.substr(at + 1, 2);
        if (code == "2F" || code == "2f" || code == "5C" || code == "5c") {
            return true;
        }
    }
    return false;
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
        return false;
    }
    uint32_t port = 0;
    for (const char c : text) {
        port = port * 10 + static_cast<uint32_t>(c - '0');
    }
    return port <= 65'535;
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_';
}

}  // namespace

std::optional<Refusal> read_path(std::string_view path, std::string& out) {
    if (path.empty() || path.front() != '/') {
        return bad("the request's target must start with '/'");
    }
    if (!fits_target(path, "\"#<>\\^`{}")) {
        return bad("the path holds a character that must be written as %XX");
    }
    if (has_escaped_slash(path)) {
        return bad("the path holds %2F or %5C: a slash that is part of a name cannot stand in a path here");
    }
    std::optional<std::string> decoded = path.find('%') == path.npos ? std::string(path) : decode_escapes(path, false);
    if (!decoded) {
        return bad("the path holds a '%' that is not followed by two hex digits");
    }
    if (has_control(*decoded)) {
        return bad("the path holds a control character");
    }
    if (utf8::first_invalid(*decoded) != utf8::kValid) {
        return bad("the path is not valid UTF-8");
    }
    if (has_dot_segment(*decoded)) {
        return bad("the path holds a '.' or '..' segment");
    }
    out = std::move(*decoded);
    return std::nullopt;
}

std::optional<Refusal> read_query(std::string_view query, const Limits& limits, std::vector<api::Header>& out) {
    if (!fits_target(query, "\"#<>")) {
        return bad("the query holds a character that must be written as %XX");
    }
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        if (pair.empty()) {
            continue;
        }
        if (out.size() == limits.query_parameters) {
            return Refusal{414, concat("the query has more than ", limits.query_parameters, " parameters"), {}};
        }
        const size_t equals = std::min(pair.find('='), pair.size());
        std::optional<std::string> name = decode_escapes(pair.substr(0, equals), true);
        std::optional<std::string> value = decode_escapes(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value) {
            return bad("the query holds a '%' that is not followed by two hex digits");
        }
        const std::string both = *name + *value;
        if (both.find('\0') != both.npos || utf8::first_invalid(*name) != utf8::kValid ||
            utf8::first_invalid(*value) != utf8::kValid) {
            return bad("the query holds a NUL or is not valid UTF-8");
        }
        out.emplace_back(std::move(*name), std::move(*value));
    }
    return std::nullopt;
}

std::optional<std::string_view> host_name(std::string_view authority) {
    std::string_view name;
    if (authority.starts_with('[')) {
        const size_t end = authority.find(']');
        if (end == authority.npos || end < 3) {
            return std::nullopt;
        }
        name = authority.substr(0, end + 1);
        const auto fits = [](char c) { return hex_digit(c) >= 0 || c == ':' || c == '.'; };
        if (!std::ranges::all_of(name.substr(1, end - 1), fits)) {
            return std::nullopt;
        }
    } else {
        name = authority.substr(0, authority.find(':'));
        if (name.empty() || name.size() > 253 || !std::ranges::all_of(name, is_name_character)) {
            return std::nullopt;
        }
    }
    const std::string_view rest = authority.substr(name.size());
    if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) {
        return std::nullopt;
    }
    return name;
}

}  // namespace countersign::http
