#include "native/cli/stats/calibration_text.h"

#include <algorithm>
#include <cmath>

#include "core/base/concat.h"
#include "core/calibration/calibrator_json.h"
#include "native/cli/console.h"
#include "native/cli/stats/figures.h"

namespace countersign::native {

namespace {

using calibration::Candidate;
using calibration::DiagramBin;
using calibration::Measures;

constexpr double kBar_characters = 40;

// The accuracy as a bar, with the place of the confidence in it: "##########|   " or "######    |".
std::string bar(const DiagramBin& bin) {
    const auto at = [](double share) { return static_cast<size_t>(std::lround(share * kBar_characters)); };
    std::string out(at(1) + 1, ' ');
    std::fill_n(out.begin(), at(bin.accuracy), '#');
    out[at(bin.mean_confidence)] = '|';
    return out.substr(0, out.find_last_not_of(' ') + 1);
}

std::string diagram_text(const calibration::ReliabilityDiagram& diagram) {
    std::string out = "\nreliability: '#' how many were right, '|' how sure the model was\n";
    TextTable table;
    table.row({"  confidence", "items", "right", "stated", "", ""});
    for (const DiagramBin& bin : diagram.bins) {
        const bool off = bin.accuracy < bin.consistent.low || bin.accuracy > bin.consistent.high;
        table.row({concat("  ", fixed(bin.confidence.low, 2), " to ", fixed(bin.confidence.high, 2)),
                   grouped(bin.items), fixed(bin.accuracy), fixed(bin.mean_confidence), off ? "off" : ""});
    }
    const std::string rows = table.text();
    size_t begin = 0;
    for (size_t line = 0; begin < rows.size(); ++line) {
        const size_t end = rows.find('\n', begin);
        std::string text = rows.substr(begin, end - begin);
        if (line > 0) {
            text.resize(std::max(text.size(), rows.find('\n')) + 6, ' ');
            text += bar(diagram.bins[line - 1]);
        }
        out += text + '\n';
        begin = end + 1;
    }
    return out + "  off: further from what was stated than chance explains\n";
}

std::string map_name(const calibration::Calibrator& map) {
    const auto* temperature = std::get_if<calibration::Temperature>(&map);
    const bool of_classes = temperature != nullptr && temperature->over == calibration::Temperature::Over::classes;
    return std::holds_alternative<calibration::Identity>(map) ? "as stated"
           : of_classes                                       ? "temperature over classes"
                                                              : std::string(method_name(map));
}

void candidate_rows(TextTable& table, const calibration::Choice& choice) {
    table.row({"  map", "log-loss", "gain", "ECE", "KS", "Brier"});
    for (size_t i = 0; i < choice.candidates.size(); ++i) {
        const Candidate& candidate = choice.candidates[i];
        const Measures measures = candidate.measures.value_or(Measures());
        table.row({concat(i == choice.best ? "* " : "  ", map_name(candidate.calibrator)), fixed(candidate.log_loss, 5),
                   fixed(candidate.gain, 5), fixed(measures.ece, 5), fixed(measures.ks, 5),
                   fixed(measures.brier.score, 5)});
    }
}

void write_measures(JsonWriter& json, const Measures& measures) {
    json.begin_object().member("items", static_cast<int64_t>(measures.items));
    member(json, "effective_items", measures.effective_items);
    member(json, "accuracy", measures.accuracy);
    member(json, "mean_confidence", measures.mean_confidence);
    member(json, "ece", measures.ece);
    member(json, "adaptive_ece", measures.adaptive_ece);
    member(json, "mce", measures.mce);
    member(json, "ece_sweep", measures.ece_sweep);
    member(json, "debiased_squared_error", measures.debiased_squared_error);
    member(json, "ks", measures.ks);
    json.name("brier").begin_object();
    member(json, "score", measures.brier.score);
    member(json, "reliability", measures.brier.reliability);
    member(json, "resolution", measures.brier.resolution);
    member(json, "uncertainty", measures.brier.uncertainty);
    member(json, "within_bins", measures.brier.within_bins);
    json.end_object();
    member(json, "log_loss", measures.log_loss);
    json.end_object();
}

void write_bin(JsonWriter& json, const DiagramBin& bin) {
    json.begin_object();
    member(json, "above", bin.confidence.low);
    member(json, "up_to", bin.confidence.high);
    json.member("items", static_cast<int64_t>(bin.items));
    member(json, "mean_confidence", bin.mean_confidence);
    member(json, "accuracy", bin.accuracy);
    member(json, "accuracy_low", bin.accuracy_interval.low);
    member(json, "accuracy_high", bin.accuracy_interval.high);
    member(json, "consistent_low", bin.consistent.low);
    member(json, "consistent_high", bin.consistent.high);
    json.end_object();
}

void write_candidate(JsonWriter& json, const Candidate& candidate) {
    json.begin_object().name("map").raw(to_json(candidate.calibrator));
    member(json, "log_loss", candidate.log_loss);
    member(json, "gain", candidate.gain);
    member(json, "gain_error", candidate.gain_error);
    if (candidate.measures) {
        write_measures(json.name("held_out"), *candidate.measures);
    }
    json.end_object();
}

}  // namespace

std::string calibration_text(const CalibrationOutcome& outcome) {
    const Measures& stated = outcome.stated;
    std::string out = concat(grouped(stated.items), " reviewed predictions, ", percent(stated.accuracy),
                             " right; the model states ", percent(stated.mean_confidence), " on average\n");
    if (outcome.without_truth > 0) {
        out += concat(grouped(outcome.without_truth), " predictions without a true label are left out\n");
    }
    out += concat("ECE ", fixed(stated.ece, 5), ", KS ", fixed(stated.ks, 5), ", Brier ", fixed(stated.brier.score, 5),
                  ", log-loss ", fixed(stated.log_loss, 5), '\n');
    out += diagram_text(outcome.diagram);
    if (!outcome.choice.candidates.empty()) {
        TextTable table;
        candidate_rows(table, outcome.choice);
        out += concat("\nmaps, each judged on reviews that it was not fitted to\n", table.text());
    }
    return out + concat('\n', explain(outcome.choice), "\n", to_json(outcome.choice.calibrator), '\n');
}

std::string calibration_json(const CalibrationOutcome& outcome) {
    JsonWriter json;
    write_measures(json.begin_object().name("stated"), outcome.stated);
    json.name("diagram").begin_array();
    for (const DiagramBin& bin : outcome.diagram.bins) {
        write_bin(json, bin);
    }
    json.end_array().name("chosen").raw(to_json(outcome.choice.calibrator));
    json.member("why", explain(outcome.choice)).member("seed", static_cast<int64_t>(outcome.choice.options.seed));
    json.name("candidates").begin_array();
    for (const Candidate& candidate : outcome.choice.candidates) {
        write_candidate(json, candidate);
    }
    return std::move(json.end_array().end_object()).take() + '\n';
}

}  // namespace countersign::native
