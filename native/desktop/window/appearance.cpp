#include "native/desktop/window/appearance.h"

#include <algorithm>
#include <optional>

#include "native/platform/files.h"

namespace countersign::desktop {

namespace {

constexpr uint64_t kLimit_bytes = 1'000'000;

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string_view trimmed(std::string_view text) {
    const size_t from = text.find_first_not_of(" \t\r");
    return from == std::string_view::npos ? std::string_view()
                                          : text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

// The value of `name` in a section of an .ini file.
std::optional<std::string> ini_value(const std::filesystem::path& file, std::string_view section,
                                     std::string_view name) {
    const auto bytes = native::read_file(file, kLimit_bytes);
    std::string_view rest = bytes.ok() ? std::string_view(bytes.value()) : std::string_view();
    bool inside = false;
    while (!rest.empty()) {
        const std::string_view line = trimmed(rest.substr(0, rest.find('\n')));
        rest.remove_prefix(std::min(rest.size(), rest.find('\n') == rest.npos ? rest.size() : rest.find('\n') + 1));
        if (line.starts_with('[')) {
            inside = line == "[" + std::string(section) + "]";
        }
        const size_t equals = line.find('=');
        if (inside && equals != line.npos && trimmed(line.substr(0, equals)) == name) {
            return std::string(trimmed(line.substr(equals + 1)));
        }
    }
    return std::nullopt;
}

struct Told {
    std::optional<bool> dark;
    bool more_contrast = false;
};

// "Adwaita-dark", "Adwaita:dark", "BreezeDark", "HighContrastInverse"
Told by_theme(std::string_view theme) {
    const std::string name = lower(theme);
    return {.dark = name.find("dark") != name.npos || name.find("inverse") != name.npos,
            .more_contrast = name.find("highcontrast") != name.npos};
}

Told by_gtk(const std::filesystem::path& settings) {
    Told told;
    if (const auto theme = ini_value(settings, "Settings", "gtk-theme-name")) {
        told = by_theme(*theme);
    }
    if (const auto prefers = ini_value(settings, "Settings", "gtk-application-prefer-dark-theme")) {
        told.dark = told.dark.value_or(false) || lower(*prefers) == "true" || *prefers == "1";
    }
    return told;
}

Told told_by(const Places& places) {
    if (const std::string theme = places.variable("GTK_THEME"); !theme.empty()) {
        return by_theme(theme);
    }
    const std::filesystem::path folder = places.configuration();
    const bool is_kde = lower(places.variable("XDG_CURRENT_DESKTOP")).find("kde") != std::string::npos;
    if (const auto scheme = ini_value(folder / "kdeglobals", "General", "ColorScheme"); is_kde && scheme) {
        return by_theme(*scheme);
    }
    Told told = by_gtk(folder / "gtk-4.0" / "settings.ini");
    return told.dark ? told : by_gtk(folder / "gtk-3.0" / "settings.ini");
}

}  // namespace

shell::AppearanceChanged appearance_of_desktop(const Places& places) {
    const Told told = told_by(places);
    return {.dark = told.dark.value_or(false), .more_contrast = told.more_contrast, .reduced_motion = false};
}

}  // namespace countersign::desktop
