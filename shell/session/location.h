#pragma once
// Where in the desk somebody is, as the address bar's fragment says it: deep links, back button, restart at the same
// place.
//
//   /p/<project>/queue   /p/<project>/quick   /p/<project>/done   /p/<project>/sync
//   /p/<project>/settle   /p/<project>/tiers   /p/<project>/item/<id>
// Ids are percent-encoded. Anything else is the start, and so is what cannot be a project's id or is no text.

#include <optional>
#include <string>
#include <string_view>

namespace countersign::shell {

struct Location {
    enum class Screen { queue, quick, item, done, sync, settle, tiers };

    std::string project;
    Screen screen = Screen::queue;
    std::string item;  // of Screen::item

    bool operator==(const Location&) const = default;
};

std::optional<Location> parse_location(std::string_view fragment);
std::string to_text(const Location& location);

}  // namespace countersign::shell
