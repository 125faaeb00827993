#pragma once
// The subcommands of `countersign stats`, one source each; as in native/cli/commands.h.

#include "native/cli/commands.h"

namespace countersign::native {

void add_stats_agreement(CLI::App& stats, Run& run);
void add_stats_consensus(CLI::App& stats, Run& run);
void add_stats_calibrate(CLI::App& stats, Run& run);
void add_stats_certify(CLI::App& stats, Run& run);
void add_stats_turnaround(CLI::App& stats, Run& run);
void add_stats_audit(CLI::App& stats, Run& run);
void add_stats_label_errors(CLI::App& stats, Run& run);
void add_stats_slices(CLI::App& stats, Run& run);
void add_stats_rationale(CLI::App& stats, Run& run);
void add_stats_bias(CLI::App& stats, Run& run);

}  // namespace countersign::native
