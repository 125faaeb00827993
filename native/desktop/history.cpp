#include "native/desktop/history.h"

namespace countersign::desktop {

void History::set(std::string_view location, shell::HistoryEntry entry) {
    if (location == current()) {
        return;
    }
    if (entry == shell::HistoryEntry::replace) {
        locations_[at_] = location;
        return;
    }
    locations_.resize(at_ + 1);
    locations_.emplace_back(location);
    if (locations_.size() > kMost) {
        locations_.erase(locations_.begin());
    }
    at_ = locations_.size() - 1;
}

std::optional<std::string> History::back() {
    return at_ == 0 ? std::nullopt : std::optional(locations_[--at_]);
}

std::optional<std::string> History::forward() {
    return at_ + 1 == locations_.size() ? std::nullopt : std::optional(locations_[++at_]);
}

}  // namespace countersign::desktop
