#include "core/people/automation_bias.h"

#include <array>

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/base/number_text.h"

namespace countersign::people {

namespace {

struct Counts {
    size_t accepted = 0;
    size_t all = 0;
};

// [shown, hidden]
Effect effect_of(const std::array<Counts, 2>& counts, double level) {
    Effect out{.shown = consensus::wilson(counts[0].accepted, counts[0].all, level),
               .hidden = consensus::wilson(counts[1].accepted, counts[1].all, level),
               .difference = {}};
    out.difference = consensus::difference(out.shown, out.hidden);
    return out;
}

std::string points(double share) {
    return fixed_text(100 * share, 0);
}

}  // namespace

AutomationBias automation_bias(std::span<const SeenPrediction> answers, double margin, double level) {
    CS_CHECK(margin >= 0);
    std::array<Counts, 2> wrong;
    std::array<Counts, 2> right;
    for (const SeenPrediction& one : answers) {
        Counts& counts = (one.predicted == one.truth ? right : wrong).at(one.sight == Sight::shown ? 0 : 1);
        counts.all += 1;
        counts.accepted += one.answered == one.predicted ? 1 : 0;
    }
    AutomationBias out{.on_wrong = effect_of(wrong, level), .on_right = effect_of(right, level)};
    if (out.on_wrong.difference.low > 0) {
        out.verdict = BiasVerdict::biased;
    } else if (out.on_wrong.difference.high < margin) {
        out.verdict = BiasVerdict::not_biased;
    }
    return out;
}

std::string sentence(const AutomationBias& bias) {
    const Effect& wrong = bias.on_wrong;
    if (wrong.shown.all == 0 || wrong.hidden.all == 0) {
        return concat("wrong predictions: ", wrong.shown.all, " shown, ", wrong.hidden.all,
                      " hidden; without both nothing can be said");
    }
    return concat("of ", wrong.shown.all, " wrong predictions that were shown ", wrong.shown.hits,
                  " were accepted, of ", wrong.hidden.all, " hidden ", wrong.hidden.hits,
                  " were said all the same: a difference of ", points(wrong.difference.value), " points (",
                  points(wrong.difference.low), " to ", points(wrong.difference.high), ")");
}

}  // namespace countersign::people
