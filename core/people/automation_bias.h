#pragma once
// Whether people say what the model said because it said so. One prediction in ten is hidden at random (gold.h); of
// wrong predictions, the share that is accepted where they were shown, less the share of those who say the same wrong
// thing without having seen it, is what showing does. The same of right predictions is what showing is good for.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/consensus/effectiveness.h"

namespace countersign::people {

enum class Sight : uint8_t { shown, hidden };

// One answer on an item whose truth is known: planted, adjudicated, or by consensus of others. Labels are numbers of
// the schema.
struct SeenPrediction {
    Sight sight = Sight::shown;
    uint32_t predicted = 0;
    uint32_t answered = 0;
    uint32_t truth = 0;
};

struct Effect {
    consensus::Share shown;   // answered as predicted | shown
    consensus::Share hidden;  // the same | hidden
    consensus::Difference difference;
};

enum class BiasVerdict : uint8_t {
    biased,      // wrong predictions are accepted more often where they are shown: the interval lies above 0
    not_biased,  // at most by the margin: the interval lies below it
    cannot_tell
};

struct AutomationBias {
    Effect on_wrong;
    Effect on_right;
    BiasVerdict verdict = BiasVerdict::cannot_tell;
};

// Of one reviewer or of many. Intervals: Wilson's of the shares, Newcombe's method 10 of the differences.
AutomationBias automation_bias(std::span<const SeenPrediction> answers, double margin = 0.05, double level = 0.95);

// "of 100 wrong predictions that were shown 30 were accepted, of 20 hidden 2 were said all the same: 20 points more
// (2 to 33)".
std::string sentence(const AutomationBias& bias);

}  // namespace countersign::people
