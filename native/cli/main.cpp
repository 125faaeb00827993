// countersign: the server and the command line in one program.

#include <cstdio>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/platform/memory.h"

namespace countersign::native {

namespace {

constexpr std::string_view kDone = "Exit status: 0 done; ";

}  // namespace

const char* const kExitStatuses =
    "Exit status: 0 done; 2 the command or its input is wrong; 3 a right or a sign-in is missing; 4 the state forbids "
    "it (it exists, it conflicts, something is missing); 5 the network or a limit, a full disk among them; 6 stored "
    "data is damaged; 7 done, but some lines were refused; 70 a bug; 71 no memory; 74 the disk refused a call: look "
    "after it, then start again.";

std::string exit_statuses(std::string_view first, std::string_view last) {
    std::string_view common = kExitStatuses;
    common.remove_prefix(kDone.size());
    common.remove_suffix(1);
    return concat(kDone, first, first.empty() ? "" : "; ", common, last.empty() ? "" : "; ", last, '.');
}

void add_carrier_options(CLI::App& command, CarrierOptions& options) {
    command
        .add_option("--data", options.data,
                    "Data folder; when a server runs on it, the command goes through that server")
        ->envname("COUNTERSIGN_DATA")
        ->default_str("data");
    options.data = "data";
    command.add_option("--server", options.server, "Address of a server instead, like http://127.0.0.1:8080");
    command.add_option("--token", options.token, "Service token for --server")->envname("COUNTERSIGN_TOKEN");
}

namespace {

int run_program(int argc, char** argv) {
    CLI::App app("Countersign: predictions in, a human decides, decisions out.");
    app.name("countersign");
    app.require_subcommand(1);
    app.footer(exit_statuses(kCaseFailed, kStopped));
    app.get_formatter()->column_width(28);
    Run run;
    for (const auto add : {add_serve, add_project, add_policy, add_account, add_token, add_tier, add_import, add_route,
                           add_export, add_outbox, add_log, add_verify, add_erase, add_backup, add_restore, add_doctor,
                           add_eval, add_stats, add_version}) {
        add(app, run);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        // Help and version print themselves with status 0; everything else is a mistake in the command.
        return app.exit(problem) == 0 ? 0 : 2;
    }
    return run ? run() : 2;
}

}  // namespace

}  // namespace countersign::native

int main(int argc, char** argv) {
    countersign::native::end_when_memory_is_out();
    const int status = countersign::native::run_program(argc, argv);
    // A full disk or a closed pipe shows only when the output is flushed.
    if (std::fflush(stdout) != 0 && status == 0) {
        countersign::native::note("countersign: the output could not be written");
        return 5;
    }
    return status;
}
