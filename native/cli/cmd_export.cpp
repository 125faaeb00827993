#include <algorithm>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/target_file.h"

namespace countersign::native {

namespace {

struct ExportCommand {
    CarrierOptions carrier;
    std::string project;
    std::string file = "-";
    std::string status = "resolved";
    std::string tier;
    bool quiet = false;
};

Status run_export(const ExportCommand& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    TargetFile target = CS_TRY(TargetFile::open(options.file));
    Progress progress("exported", "records");
    uint64_t records = 0;
    const auto take = [&](std::string_view piece) -> Status {
        records += static_cast<uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
        if (!options.quiet) {
            progress.at(records);
        }
        return target.write(piece);
    };
    std::string path = project_target(options.project, "/export?status=") + percent_encoded(options.status);
    if (!options.tier.empty()) {
        path += "&tier=" + percent_encoded(options.tier);
    }
    const Answered answered = CS_TRY(carrier->receive({"GET", path, ""}, take));
    CS_TRY_STATUS(problem_of(answered));
    CS_TRY_STATUS(target.finish());
    progress.finish();
    if (options.file != "-") {
        note(concat(grouped(records), " records in ", options.file));
    }
    return success();
}

}  // namespace

void add_export(CLI::App& app, Run& run) {
    auto options = std::make_shared<ExportCommand>();
    CLI::App* command = app.add_subcommand("export", "Export items with their decisions as JSON Lines");
    command->add_option("project", options->project, "The project")->required();
    add_carrier_options(*command, options->carrier);
    command->add_option("--out", options->file, "File; '-' is standard output")->capture_default_str();
    command
        ->add_option("--status", options->status,
                     "Which items: resolved, auto_approved, escalated, open; several with commas")
        ->capture_default_str();
    command->add_option("--tier", options->tier, "Only items of this tier");
    command->add_flag("--quiet", options->quiet, "No progress");
    command->footer(std::string("The form of a record is described in docs/data-formats.md.\n") + kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = run_export(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
