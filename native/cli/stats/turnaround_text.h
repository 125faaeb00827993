#pragma once
// How long reviews take, in words with a small curve, and as JSON.

#include <string>
#include <vector>

#include "core/survival/breach.h"
#include "core/table/durations.h"

namespace countersign::native {

struct TurnaroundOutcome {
    const table::NamedTimes& named;
    survival::Curve all;  // as the times are
    survival::History history;
    std::vector<survival::Curve> reviewers;
    size_t left_out = 0;        // reviews that began after the time as of which all is seen
    bool working_time = false;  // by a calendar
};

std::string turnaround_text(const TurnaroundOutcome& outcome);
std::string turnaround_json(const TurnaroundOutcome& outcome);

}  // namespace countersign::native
