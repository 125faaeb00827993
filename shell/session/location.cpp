#include "shell/session/location.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"

namespace countersign::shell {

namespace {

struct Name {
    Location::Screen screen;
    std::string_view text;
};

constexpr std::array<Name, 7> kNames = {{{Location::Screen::queue, "queue"},
                                         {Location::Screen::quick, "quick"},
                                         {Location::Screen::item, "item"},
                                         {Location::Screen::done, "done"},
                                         {Location::Screen::sync, "sync"},
                                         {Location::Screen::settle, "settle"},
                                         {Location::Screen::tiers, "tiers"}}};

int hex_value(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool escape =
            text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
        out.push_back(escape ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i]);
        i += escape ? 2 : 0;
    }
    return out;
}

std::string encoded(std::string_view text) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.' || c == '~';
        if (plain) {
            out.push_back(c);
        } else {
            out.push_back('%');
            out.push_back(kHex[static_cast<unsigned char>(c) >> 4]);
            out.push_back(kHex[static_cast<unsigned char>(c) & 15]);
        }
    }
    return out;
}

// Anybody can write a link. The project becomes part of the addresses that the desk asks for, so it must look like one
// (core/store/projects.cpp); an item's id is any text.
bool may_be_project(std::string_view id) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), allowed);
}

bool is_text(std::string_view id) {
    return utf8::first_invalid(id) == utf8::kValid && id.find('\0') == std::string_view::npos;
}

std::string_view take_part(std::string_view& rest) {
    if (!rest.starts_with('/')) {
        return {};
    }
    rest.remove_prefix(1);
    const size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
    return part;
}

}  // namespace

std::optional<Location> parse_location(std::string_view fragment) {
    if (take_part(fragment) != "p") {
        return std::nullopt;
    }
    Location out;
    out.project = decoded(take_part(fragment));
    const std::string_view screen = take_part(fragment);
    for (const Name& name : kNames) {
        if (name.text == screen && may_be_project(out.project)) {
            out.screen = name.screen;
            out.item = decoded(take_part(fragment));
            const bool whole =
                (out.screen == Location::Screen::item) != out.item.empty() && fragment.empty() && is_text(out.item);
            return whole ? std::optional<Location>(out) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::string to_text(const Location& location) {
    std::string out = "/p/" + encoded(location.project) + "/";
    for (const Name& name : kNames) {
        if (name.screen == location.screen) {
            out += name.text;
        }
    }
    return location.screen == Location::Screen::item ? out + "/" + encoded(location.item) : out;
}

}  // namespace countersign::shell
