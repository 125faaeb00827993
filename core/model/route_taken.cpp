#include "core/model/route_taken.h"

namespace countersign {

std::string_view tier_kind_name(TierKind kind) {
    switch (kind) {
        case TierKind::automatic: return "auto";
        case TierKind::quick: return "quick";
        case TierKind::full: return "full";
    }
    return "quick";
}

std::optional<TierKind> tier_kind_from_name(std::string_view name) {
    for (const TierKind kind : {TierKind::automatic, TierKind::quick, TierKind::full}) {
        if (tier_kind_name(kind) == name) {
            return kind;
        }
    }
    return std::nullopt;
}

}  // namespace countersign
