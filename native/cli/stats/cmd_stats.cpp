#include <CLI/CLI.hpp>

#include "native/cli/stats/commands.h"

namespace countersign::native {

void add_stats(CLI::App& app, Run& run) {
    CLI::App* stats = app.add_subcommand("stats", "Statistics of reviews and models, from files");
    stats->require_subcommand(1);
    add_stats_consensus(*stats, run);
    add_stats_agreement(*stats, run);
    add_stats_calibrate(*stats, run);
    add_stats_certify(*stats, run);
    add_stats_turnaround(*stats, run);
    add_stats_audit(*stats, run);
    add_stats_label_errors(*stats, run);
    add_stats_slices(*stats, run);
    add_stats_rationale(*stats, run);
    add_stats_bias(*stats, run);
    stats->footer(kExitStatuses);
}

}  // namespace countersign::native
