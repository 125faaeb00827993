#include <map>
#include <numeric>

#include <CLI/CLI.hpp>

#include "native/cli/console.h"
#include "native/cli/stats/audit_text.h"
#include "native/cli/stats/commands.h"
#include "native/cli/stats/share_option.h"
#include "native/cli/stats/slice_option.h"
#include "native/cli/stats/stats_files.h"

namespace countersign::native {

namespace {

// Exit status of a limit that is refuted.
constexpr int kAlarmed = 4;

struct AuditCommand {
    std::string file;
    std::string limit;
    std::string alpha = "0.05";
    std::string delta = "0.05";
    std::string slice;
    uint64_t seed = 1;
    bool json = false;
};

Result<std::vector<AuditFigures>> slices_of(const table::NamedAudit& named, const std::string& slice,
                                            const AuditLevels& levels) {
    const auto values = CS_TRY(slice_column(named.slices, slice));
    std::map<std::string, std::vector<size_t>> rows_of;
    for (size_t row = 0; row < values.size(); ++row) {
        rows_of[values[row]].push_back(row);
    }
    std::vector<AuditFigures> out;
    out.reserve(rows_of.size());
    for (const auto& [value, rows] : rows_of) {
        out.push_back(audit_figures(named, rows, levels));
        out.back().scope = slice_title(slice, value);
    }
    return out;
}

Result<int> run_audit(const AuditCommand& options) {
    const Ppm alpha = CS_TRY(inner_share_of(options.alpha, "--alpha"));
    const Ppm delta = CS_TRY(inner_share_of(options.delta, "--delta"));
    std::optional<Ppm> limit;
    if (!options.limit.empty()) {
        limit = CS_TRY(inner_share_of(options.limit, "--limit"));
    }
    const table::NamedAudit named = CS_TRY(read_audit(options.file));
    const AuditLevels levels{.delta = delta.as_double(), .seed = options.seed};
    std::vector<size_t> rows(named.approved.size());
    std::iota(rows.begin(), rows.end(), size_t{0});
    AuditOutcome outcome{.named = named, .levels = levels, .all = audit_figures(named, rows, levels), .slices = {}};
    if (!options.slice.empty()) {
        outcome.slices = CS_TRY(slices_of(named, options.slice, levels));
    }
    if (limit) {
        outcome.alarm = watch(named, *limit, alpha);
    }
    print_raw(options.json ? audit_json(outcome) : audit_text(outcome));
    return outcome.alarm && outcome.alarm->alarmed ? kAlarmed : 0;
}

}  // namespace

void add_stats_audit(CLI::App& stats, Run& run) {
    auto options = std::make_shared<AuditCommand>();
    CLI::App* command = stats.add_subcommand(
        "audit", "How many items that were approved without a person are wrong, and whether that has become too many");
    command
        ->add_option("file", options->file,
                     "All approved items in order of time, as CSV or JSON Lines: item, propensity, audited, "
                     "predicted_label, true_label, confidence, stratum; '-' reads standard input")
        ->required();
    auto* limit = command->add_option("--limit", options->limit,
                                      "Alarm when more than this share of what is approved is wrong: 0.02 or 2%");
    command->add_option("--alpha", options->alpha, "A false alarm ever has at most this probability")
        ->default_str("0.05")
        ->needs(limit);
    command->add_option("--delta", options->delta, "An interval may miss with this probability")->default_str("0.05");
    command->add_option("--slice", options->slice, "An estimate for each value of the column slice_<this> too");
    command
        ->add_option("--seed", options->seed, "Of the order in which an interval bets: the same seed, the same answer")
        ->default_str("1");
    command->add_flag("--json", options->json, "Answer as JSON");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const auto done = run_audit(*options);
            return done.ok() ? done.value() : report(done.error());
        };
    });
}

}  // namespace countersign::native
