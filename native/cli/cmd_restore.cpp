#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/long_work.h"
#include "native/operate/restore.h"

namespace countersign::native {

namespace {

struct RestoreCommand {
    RestoreOptions options;
    bool quiet = false;
};

int run_restore(const RestoreCommand& command) {
    LongWork work(command.quiet);
    const auto restored = restore(command.options, work.go_on());
    work.finish();
    if (!restored.ok()) {
        return report_work(restored.error());
    }
    print(concat("restored in ", command.options.data.string(), ": epoch ", restored.value().server.epoch,
                 " of server ", restored.value().server.server, " begins"));
    if (!restored.value().kept_aside.empty()) {
        print(concat("what was there before is in ", restored.value().kept_aside.string()));
    }
    return 0;
}

}  // namespace

void add_restore(CLI::App& app, Run& run) {
    auto command = std::make_shared<RestoreCommand>();
    RestoreOptions& options = command->options;
    options.data = "data";
    CLI::App* sub = app.add_subcommand("restore", "A data folder from a backup; its logs go on in a new epoch");
    sub->add_option("backup", options.backup, "The backup; without one, the store that is there goes on (--in-place)");
    sub->add_option("--data", options.data, "Data folder")->envname("COUNTERSIGN_DATA")->default_str("data");
    sub->add_option("--keys", options.keys,
                    "Folder with the keys of its texts (keys.db, master.key); the data folder otherwise");
    sub->add_flag("--in-place", options.in_place, "Also when there is data: that is kept aside");
    sub->add_flag("--quiet", command->quiet, "No progress");
    sub->footer(exit_statuses("", kStopped));
    sub->callback([command, &run] { run = [command] { return run_restore(*command); }; });
}

}  // namespace countersign::native
