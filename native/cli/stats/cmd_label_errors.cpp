#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "native/cli/console.h"
#include "native/cli/stats/commands.h"
#include "native/cli/stats/label_errors_text.h"
#include "native/cli/stats/stats_files.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

struct LabelErrorsCommand {
    std::string file;
    size_t top = 20;
    std::string out;
    bool json = false;
};

Status run_label_errors(const LabelErrorsCommand& options) {
    const table::NamedGivenLabels named = CS_TRY(read_given_labels(options.file));
    const LabelErrorOutcome outcome{
        .named = named,
        .found = label_errors::find_label_errors(
            {.given = named.given, .probabilities = named.probabilities, .labels = named.labels.names().size()})};
    if (!options.out.empty()) {
        CS_TRY_STATUS(write_file(options.out, label_errors_csv(outcome), false));
        note(concat("wrote ", grouped(outcome.found.suspects.size()), " items to ", options.out));
    }
    print_raw(options.json ? label_errors_json(outcome) : label_errors_text(outcome, options.top));
    return success();
}

}  // namespace

void add_stats_label_errors(CLI::App& stats, Run& run) {
    auto options = std::make_shared<LabelErrorsCommand>();
    CLI::App* command = stats.add_subcommand(
        "label-errors", "Which given labels are probably wrong, and how many, by a model that has not seen them");
    command
        ->add_option("file", options->file,
                     "Given labels with a model's cross-validated probabilities, as CSV or JSON Lines: item, label, "
                     "p_<label> for every label; '-' reads standard input")
        ->required();
    command->add_option("--top", options->top, "Show so many of the most suspicious")->default_str("20");
    command->add_option("--out", options->out, "Write all suspicious items to this file, as CSV");
    command->add_flag("--json", options->json, "Answer as JSON, with all of them");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = run_label_errors(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
