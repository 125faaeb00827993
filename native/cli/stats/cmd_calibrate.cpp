#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/calibration/calibrator_json.h"
#include "native/cli/console.h"
#include "native/cli/stats/calibration_text.h"
#include "native/cli/stats/commands.h"
#include "native/cli/stats/forecasts.h"
#include "native/cli/stats/stats_files.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

struct CalibrateCommand {
    std::string file;
    uint64_t seed = 1;
    size_t bins = calibration::kUsualBins;
    std::string out;
    bool json = false;
};

std::vector<calibration::Outcome> outcomes_of(const table::NamedPredictions& named) {
    std::vector<calibration::Outcome> out;
    out.reserve(named.predictions.size());
    for (const table::Prediction& prediction : named.predictions) {
        out.push_back({prediction.confidence, prediction.right(), 1 / prediction.propensity});
    }
    return out;
}

// Empty where the file has no probabilities of the labels, or where the truth can be a label without one.
std::vector<calibration::ClassOutcome> classes_of(const table::NamedPredictions& named) {
    std::vector<calibration::ClassOutcome> out;
    if (named.probability_labels == 0 || named.probability_labels < named.labels.names().size()) {
        return out;
    }
    for (size_t i = 0; i < named.predictions.size(); ++i) {
        const table::Prediction& prediction = named.predictions[i];
        out.push_back(
            {.forecast = forecast_of(named, i), .truth = prediction.truth, .weight = 1 / prediction.propensity});
    }
    return out;
}

Status run_calibrate(const CalibrateCommand& options) {
    const table::NamedPredictions named = CS_TRY(read_predictions(options.file));
    const auto outcomes = outcomes_of(named);
    const auto classes = classes_of(named);
    const auto stated = calibration::measure(outcomes, options.bins);
    CS_CHECK(stated.has_value());
    const CalibrationOutcome outcome{
        .stated = *stated,
        .diagram = reliability_diagram(outcomes, {.seed = options.seed, .bins = options.bins}),
        .choice = choose_calibrator(outcomes, classes, {.seed = options.seed}),
        .without_truth = named.without_truth};
    if (!options.out.empty()) {
        CS_TRY_STATUS(write_file(options.out, to_json(outcome.choice.calibrator) + '\n', false));
        note(concat("wrote the map to ", options.out));
    }
    print_raw(options.json ? calibration_json(outcome) : calibration_text(outcome));
    return success();
}

}  // namespace

void add_stats_calibrate(CLI::App& stats, Run& run) {
    auto options = std::make_shared<CalibrateCommand>();
    CLI::App* command =
        stats.add_subcommand("calibrate", "Whether a model's confidences are true, and the map that makes them so");
    command
        ->add_option("file", options->file,
                     "Predictions as CSV or JSON Lines: item, predicted_label, true_label, confidence, p_<label>, "
                     "propensity; '-' reads standard input")
        ->required();
    command->add_option("--seed", options->seed, "Of the folds and the bars: the same seed, the same answer")
        ->default_str("1");
    command->add_option("--bins", options->bins, "Bins of ECE and of the diagram")
        ->check(CLI::Range(2, 1'000))
        ->default_str("15");
    command->add_option("--out", options->out, "Write the chosen map to this file, as JSON");
    command->add_flag("--json", options->json, "Answer as JSON");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = run_calibrate(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
