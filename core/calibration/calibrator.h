#pragma once
// Maps from a stated confidence to the probability of being right. Plain values, kept as JSON
// (core/calibration/calibrator_json.h), applied for every prediction of a model version.
//
// Contract: all maps rise or stay, so that the order of items by confidence is kept (a temperature over classes keeps
// which class is first, but may reorder items). Results lie in 0 to 1. Where a logarithm is taken, confidences are held
// between kLeast and 1 - kLeast: a model that says 0 or 1 is very sure, not infinitely.

#include <string_view>
#include <variant>
#include <vector>

#include "core/calibration/outcome.h"

namespace countersign::calibration {

inline constexpr double kLeast = 1e-7;
// Class probabilities differ over more orders of magnitude, and these are told apart.
inline constexpr double kLeastOfClass = 1e-12;

struct Identity {
    bool operator==(const Identity&) const = default;
};

// p^(1/T), normalised (Guo et al. 2017): over the classes, or over "right" and "wrong".
struct Temperature {
    enum class Over { confidence, classes };

    Over over = Over::confidence;
    double temperature = 1;  // > 0; above 1 makes less sure
    bool operator==(const Temperature&) const = default;
};

// sigmoid(slope logit c + intercept) (Platt 1999, on the logit), slope >= 0.
struct Platt {
    double slope = 1;
    double intercept = 0;
    bool operator==(const Platt&) const = default;
};

// sigmoid(a ln c - b ln(1 - c) + intercept) (Kull, Silva Filho and Flach 2017), a and b >= 0.
struct Beta {
    double a = 1;
    double b = 1;
    double intercept = 0;
    bool operator==(const Beta&) const = default;
};

// Straight lines between knots, level outside (Zadrozny and Elkan 2002).
struct Isotonic {
    struct Knot {
        double confidence = 0;
        double value = 0;
        bool operator==(const Knot&) const = default;
    };

    std::vector<Knot> knots;  // at least one; confidences rise, values do not fall
    bool operator==(const Isotonic&) const = default;
};

// One value for each bin; values do not fall.
struct Histogram {
    struct Bin {
        double up_to = 1;  // the last confidence in it; rises, 1 in the last bin
        double value = 0;
        bool operator==(const Bin&) const = default;
    };

    std::vector<Bin> bins;  // at least one
    bool operator==(const Histogram&) const = default;
};

using Calibrator = std::variant<Identity, Temperature, Platt, Beta, Isotonic, Histogram>;

// "identity", "temperature", "platt", "beta", "isotonic", "histogram": as in JSON.
std::string_view method_name(const Calibrator& calibrator);

// The probability that the forecast is right. A temperature over classes takes a forecast without class probabilities
// as one of two classes.
double calibrate(const Calibrator& calibrator, const Forecast& forecast);
double calibrate(const Calibrator& calibrator, double confidence);

}  // namespace countersign::calibration
