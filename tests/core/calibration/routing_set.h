#pragma once
// A set of the shared routing data: its even rows are fitted to, its odd rows test.

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calibration/calibrator.h"
#include "core/json/json.h"
#include "tests/support/cases.h"
#include "tests/support/csv_table.h"
#include "tests/support/numbers.h"

namespace countersign::testing {

struct RoutingSet {
    std::vector<calibration::Outcome> all, even, odd;
    // Where the model gives the probability of every class.
    std::vector<calibration::ClassOutcome> even_classes, odd_classes;
    std::deque<std::vector<double>> probabilities;  // what these point to
};

inline std::optional<RoutingSet> read_routing_set(std::string_view name) {
    const auto text = read_shared("data/routing/" + std::string(name) + "/items.csv");
    if (!text) {
        return std::nullopt;
    }
    const CsvTable table(*text);
    const size_t predicted = table.column("predicted_label");
    const size_t truth = table.column("true_label");
    const size_t confidence = table.column("confidence");
    std::vector<size_t> classes;
    for (size_t column = 0; column < table.names().size(); ++column) {
        if (table.names()[column].starts_with("p_") && table.names()[column] != "p_positive") {
            classes.push_back(column);
        }
    }
    RoutingSet out;
    for (size_t row = 0; row < table.rows(); ++row) {
        const bool even = static_cast<long>(table.number_at(row, 0)) % 2 == 0;
        const calibration::Outcome one{.confidence = table.number_at(row, confidence),
                                       .right = table.at(row, predicted) == table.at(row, truth)};
        out.all.push_back(one);
        (even ? out.even : out.odd).push_back(one);
        if (classes.empty()) {
            continue;
        }
        std::vector<double>& p = out.probabilities.emplace_back();
        calibration::ClassOutcome with_classes;
        for (const size_t column : classes) {
            const std::string label = table.names()[column].substr(2);
            if (label == table.at(row, predicted)) {
                with_classes.forecast.predicted = p.size();
            }
            if (label == table.at(row, truth)) {
                with_classes.truth = p.size();
            }
            p.push_back(table.number_at(row, column));
        }
        with_classes.forecast.confidence = one.confidence;
        with_classes.forecast.probabilities = p;
        (even ? out.even_classes : out.odd_classes).push_back(with_classes);
    }
    return out;
}

inline std::vector<calibration::Outcome> mapped(const calibration::Calibrator& by,
                                                std::vector<calibration::Outcome> outcomes) {
    for (calibration::Outcome& one : outcomes) {
        one.confidence = calibration::calibrate(by, one.confidence);
    }
    return outcomes;
}

inline std::vector<calibration::Outcome> mapped(const calibration::Calibrator& by,
                                                const std::vector<calibration::ClassOutcome>& outcomes) {
    std::vector<calibration::Outcome> out;
    out.reserve(outcomes.size());
    for (const calibration::ClassOutcome& one : outcomes) {
        out.push_back({.confidence = calibration::calibrate(by, one.forecast),
                       .right = one.forecast.predicted == one.truth,
                       .weight = one.weight});
    }
    return out;
}

inline constexpr std::string_view kRoutingSets[] = {"cifar10h-resnet110", "cifar10h-lowacc", "adult-income",
                                                    "md-agreement", "compas"};

}  // namespace countersign::testing
