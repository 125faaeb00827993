#include "core/model/tier_events.h"

namespace countersign {

namespace {

template <class Enum, size_t N>
std::optional<Enum> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
    for (size_t i = 0; i < N; ++i) {
        if (names[i] == name) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

constexpr std::array<std::string_view, 3> kClosedBy{"alarm", "person", "successor"};
constexpr std::array<std::string_view, 2> kReroutedBy{"opened", "closed"};

}  // namespace

std::string_view tier_closed_by_name(TierClosedBy by) {
    return kClosedBy[static_cast<size_t>(by)];
}

std::optional<TierClosedBy> tier_closed_by_from_name(std::string_view name) {
    return find_name<TierClosedBy>(kClosedBy, name);
}

std::string_view rerouted_by_name(ReroutedBy by) {
    return kReroutedBy[static_cast<size_t>(by)];
}

std::optional<ReroutedBy> rerouted_by_from_name(std::string_view name) {
    return find_name<ReroutedBy>(kReroutedBy, name);
}

}  // namespace countersign
