#include "native/desktop/places.h"

#include <array>
#include <cstdlib>
#include <string_view>

#include <pwd.h>
#include <unistd.h>

#include "native/platform/files.h"

namespace countersign::desktop {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t kLimit_bytes = 100'000;

// What the system's list of people says of whoever runs this program.
struct Entry {
    std::string name;
    std::string home;
};

Entry entry_of_this_person() {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, size_t{16} * 1024> buffer{};
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr) {
        return {};
    }
    return {entry.pw_name, entry.pw_dir};
}

bool is_folder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

// XDG_DOWNLOAD_DIR="$HOME/Files" or ="/srv/files"
std::string download_line(std::string_view text, const fs::path& home) {
    constexpr std::string_view kName = "XDG_DOWNLOAD_DIR=\"";
    constexpr std::string_view kHome = "$HOME";
    size_t at = text.starts_with(kName) ? 0 : text.find("\n" + std::string(kName));
    if (at == std::string_view::npos) {
        return {};
    }
    text.remove_prefix(at + kName.size() + (text[at] == '\n' ? 1 : 0));
    std::string_view value = text.substr(0, text.find('"'));
    if (!value.starts_with(kHome)) {
        return value.starts_with('/') ? std::string(value) : std::string();
    }
    value.remove_prefix(kHome.size());
    return home.string() + std::string(value);
}

}  // namespace

Places Places::of_this_process() {
    return Places([](const char* name) {
        const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody changes the environment
        return std::string(value == nullptr ? "" : value);
    });
}

fs::path Places::home() const {
    const std::string home = variable_("HOME");
    return home.starts_with('/') ? fs::path(home) : fs::path(entry_of_this_person().home);
}

fs::path Places::absolute_or(const char* name, const char* below_home) const {
    // A relative path in these variables is to be ignored (basedir-spec).
    const std::string value = variable_(name);
    return value.starts_with('/') ? fs::path(value) : home() / below_home;
}

fs::path Places::data() const {
    return absolute_or("XDG_DATA_HOME", ".local/share");
}

fs::path Places::configuration() const {
    return absolute_or("XDG_CONFIG_HOME", ".config");
}

fs::path Places::downloads() const {
    const auto lines = native::read_file(configuration() / "user-dirs.dirs", kLimit_bytes);
    std::string named = lines.ok() ? download_line(lines.value(), home()) : std::string();
    if (!named.empty() && is_folder(named)) {
        return named;
    }
    return is_folder(home() / "Downloads") ? home() / "Downloads" : home();
}

std::string Places::person() const {
    const std::string name = entry_of_this_person().name;
    return !name.empty() ? name : !variable_("USER").empty() ? variable_("USER") : "me";
}

}  // namespace countersign::desktop
