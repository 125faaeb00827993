#include "native/desktop/places.h"

#include <fstream>
#include <map>

#include <catch_amalgamated.hpp>

#include "native/desktop/window/appearance.h"
#include "tests/support/temporary_folder.h"

using namespace countersign::desktop;

namespace {

using Environment = std::map<std::string, std::string>;

Places places_in(Environment environment) {
    return Places([environment = std::move(environment)](const char* name) {
        const auto found = environment.find(name);
        return found == environment.end() ? std::string() : found->second;
    });
}

void write(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

}  // namespace

TEST_CASE("places follow the XDG conventions and ignore relative paths in them") {
    CHECK(places_in({{"HOME", "/h"}}).data() == "/h/.local/share");
    CHECK(places_in({{"HOME", "/h"}, {"XDG_DATA_HOME", "/data"}}).data() == "/data");
    CHECK(places_in({{"HOME", "/h"}, {"XDG_DATA_HOME", "data"}}).data() == "/h/.local/share");
    CHECK(places_in({{"HOME", "/h"}}).configuration() == "/h/.config");
    CHECK_FALSE(places_in({}).home().empty());
    CHECK_FALSE(places_in({}).person().empty());
}

TEST_CASE("files for the person go to the folder for downloads that is there") {
    const countersign::testing::TemporaryFolder home;
    const Places places = places_in({{"HOME", home.path().string()}});
    CHECK(places.downloads() == home.path());
    std::filesystem::create_directory(home / "Downloads");
    CHECK(places.downloads() == home / "Downloads");
    const auto named = home / ".config" / "user-dirs.dirs";
    write(named, "# made by xdg-user-dirs\nXDG_DESKTOP_DIR=\"$HOME/Desk\"\nXDG_DOWNLOAD_DIR=\"$HOME/Ladungen\"\n");
    CHECK(places.downloads() == home / "Downloads");
    std::filesystem::create_directory(home / "Ladungen");
    CHECK(places.downloads() == home / "Ladungen");
    write(named, "XDG_DOWNLOAD_DIR=\"" + home.path().string() + "\"\n");
    CHECK(places.downloads() == home.path());
    write(named, "XDG_DOWNLOAD_DIR=\"relative\"\n");
    CHECK(places.downloads() == home / "Downloads");
}

TEST_CASE("light or dark comes from what GTK and KDE programs are told") {
    const countersign::testing::TemporaryFolder home;
    const auto configuration = home / ".config";
    Environment environment{{"HOME", home.path().string()}};
    const auto dark = [&] { return appearance_of_desktop(places_in(environment)).dark; };
    CHECK_FALSE(dark());
    write(configuration / "gtk-3.0" / "settings.ini", "[Settings]\ngtk-theme-name = Adwaita-dark\n");
    CHECK(dark());
    write(configuration / "gtk-4.0" / "settings.ini",
          "[Other]\ngtk-theme-name=X\n[Settings]\ngtk-theme-name=Adwaita\n");
    CHECK_FALSE(dark());
    write(configuration / "gtk-4.0" / "settings.ini", "[Settings]\r\ngtk-application-prefer-dark-theme=1\r\n");
    CHECK(dark());
    write(configuration / "kdeglobals", "[General]\nColorScheme=BreezeLight\n");
    CHECK(dark());
    environment["XDG_CURRENT_DESKTOP"] = "KDE";
    CHECK_FALSE(dark());
    environment["GTK_THEME"] = "HighContrastInverse";
    CHECK(dark());
    CHECK(appearance_of_desktop(places_in(environment)).more_contrast);
}
