#include <algorithm>
#include <set>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "native/cli/console.h"
#include "native/cli/stats/commands.h"
#include "native/cli/stats/slices_text.h"
#include "native/cli/stats/stats_files.h"

namespace countersign::native {

namespace {

// A column of numbers with more different ones than this is put into groups.
constexpr size_t kMostNumbers = 12;

struct SlicesCommand {
    std::string file;
    slices::SearchOptions search;
    size_t groups = 5;
    size_t samples = 100;
    uint64_t seed = 1;
    bool json = false;
};

slices::Column column_of(const std::string& name, const std::vector<std::string>& texts, size_t groups) {
    std::vector<double> numbers;
    for (const std::string& text : texts) {
        const auto number = table::read_number(text);
        if (!number.ok()) {
            return slices::categories(name, texts);
        }
        numbers.push_back(number.value());
    }
    return std::set<double>(numbers.begin(), numbers.end()).size() > kMostNumbers
               ? slices::quantile_groups(name, numbers, groups)
               : slices::categories(name, texts);
}

Status run_slices(const SlicesCommand& options) {
    const table::NamedPredictions named = CS_TRY(read_predictions(options.file));
    if (named.slices.empty()) {
        return fail(ErrorCode::invalid_argument, "there is no column slice_<name> to find slices by", options.file);
    }
    std::vector<slices::Outcome> outcomes;
    for (const table::Prediction& prediction : named.predictions) {
        outcomes.push_back(prediction.right() ? slices::Outcome::right : slices::Outcome::wrong);
    }
    SlicesOutcome outcome{.columns = {}, .found = {}, .stability = {}, .confirmed = {}, .seed = options.seed};
    for (const auto& [name, values] : named.slices) {
        outcome.columns.push_back(column_of(name, values, options.groups));
    }
    outcome.found = find_slices(outcome.columns, outcomes, options.search);
    outcome.confirmed = confirm_slices(outcome.columns, outcomes, options.seed, options.search);
    if (options.samples > 0) {
        outcome.stability = stability_of(outcome.found.slices, outcome.columns, outcomes,
                                         {.seed = options.seed, .samples = options.samples}, options.search);
    }
    print_raw(options.json ? slices_json(outcome) : slices_text(outcome));
    return success();
}

}  // namespace

void add_stats_slices(CLI::App& stats, Run& run) {
    auto options = std::make_shared<SlicesCommand>();
    CLI::App* command = stats.add_subcommand("slices", "In which parts of the data a model errs more than elsewhere");
    command
        ->add_option("file", options->file,
                     "Predictions as CSV or JSON Lines: item, predicted_label, true_label, confidence, slice_<name>; "
                     "'-' reads standard input")
        ->required();
    command->add_option("--top", options->search.top, "Find so many")->check(CLI::Range(1, 1'000))->default_str("10");
    command->add_option("--alpha", options->search.alpha, "From 0 to 1: larger prefers bad slices, smaller large ones")
        ->check(CLI::Range(0.01, 1.0))
        ->default_str("0.95");
    command
        ->add_option("--least-items", options->search.least_items,
                     "Of a slice; otherwise a hundredth of all, at least 32")
        ->check(CLI::PositiveNumber);
    command->add_option("--literals", options->search.most_literals, "Values in one slice, at most")
        ->check(CLI::Range(1, 5))
        ->default_str("3");
    command->add_option("--groups", options->groups, "Of a column with many numbers, of equal size")
        ->check(CLI::Range(2, 100))
        ->default_str("5");
    command->add_option("--samples", options->samples, "Of the bootstrap that says how stable a slice is; 0: none")
        ->check(CLI::Range(0, 10'000))
        ->default_str("100");
    command->add_option("--seed", options->seed, "Of halves and samples: the same seed, the same answer")
        ->default_str("1");
    command->add_flag("--json", options->json, "Answer as JSON");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = run_slices(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
