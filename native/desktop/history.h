#pragma once
// What a browser's address bar keeps for the desk, without the bar: the locations one has been at, to go back and
// forward among. The newest can be kept for the next start.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shell/platform/host.h"

namespace countersign::desktop {

class History {
public:
    explicit History(std::string start) : locations_{std::move(start)} {}

    // The desk is somewhere else now. `push` drops what one could have gone forward to.
    void set(std::string_view location, shell::HistoryEntry entry);
    // Where one has come to; nothing at either end.
    std::optional<std::string> back();
    std::optional<std::string> forward();

    const std::string& current() const { return locations_[at_]; }

private:
    static constexpr size_t kMost = 200;

    std::vector<std::string> locations_;
    size_t at_ = 0;
};

}  // namespace countersign::desktop
