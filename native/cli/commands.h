#pragma once
// The subcommands of `countersign`, one source each. Each adds itself to the program and, when it is the one that was
// asked for, leaves what it has to do in `run`; main() calls that after parsing.

#include <functional>
#include <string>

#include "native/cli/carrier.h"

namespace CLI {
class App;
}

namespace countersign::native {

// What parsing leaves behind: the chosen command as a function to its exit status.
using Run = std::function<int()>;

void add_serve(CLI::App& app, Run& run);
void add_project(CLI::App& app, Run& run);
void add_policy(CLI::App& app, Run& run);
void add_account(CLI::App& app, Run& run);
void add_token(CLI::App& app, Run& run);
void add_tier(CLI::App& app, Run& run);
void add_import(CLI::App& app, Run& run);
void add_export(CLI::App& app, Run& run);
void add_erase(CLI::App& app, Run& run);
void add_route(CLI::App& app, Run& run);
void add_backup(CLI::App& app, Run& run);
void add_restore(CLI::App& app, Run& run);
void add_doctor(CLI::App& app, Run& run);
void add_outbox(CLI::App& app, Run& run);
void add_log(CLI::App& app, Run& run);
void add_verify(CLI::App& app, Run& run);
void add_eval(CLI::App& app, Run& run);
void add_stats(CLI::App& app, Run& run);
void add_version(CLI::App& app, Run& run);

// Of `project`: what it takes to change a policy with a second person.
void add_proposals(CLI::App& project, Run& run);
void add_staff(CLI::App& project, Run& run);

// --data and --server, the same for all commands that work on a project.
void add_carrier_options(CLI::App& command, CarrierOptions& options);

// The exit status of a command that did its work but had to leave lines out.
inline constexpr int kSomeRefused = 7;

// Ends every --help: the exit statuses that are the same for all.
extern const char* const kExitStatuses;
// The same with those that only one command has, `first` behind 0 and `last` at the end: "1 a case failed".
std::string exit_statuses(std::string_view first, std::string_view last);
inline constexpr std::string_view kCaseFailed = "1 a case failed";

// `backup`, `restore`, `doctor`.
inline constexpr std::string_view kStopped = "130 Ctrl-C ended it";

}  // namespace countersign::native
