#pragma once
// Names in leaves that reader and writer share. Not for use outside this folder.

#include <array>
#include <optional>
#include <string_view>

#include "core/model/event.h"

namespace countersign {

struct JudgedFlag {
    std::string_view name;
    bool Judged::* member;
};

inline constexpr std::array<JudgedFlag, 5> kJudgedFlags{{{"adjudicates", &Judged::adjudicates},
                                                         {"clock_suspect", &Judged::clock_suspect},
                                                         {"policy_changed", &Judged::policy_changed},
                                                         {"post_hoc", &Judged::post_hoc},
                                                         {"prediction_replaced", &Judged::prediction_replaced}}};

constexpr std::string_view closed_as_name(ClosedAs as) {
    return as == ClosedAs::withdrawn ? "withdrawn" : as == ClosedAs::final ? "final" : "erased";
}

}  // namespace countersign
