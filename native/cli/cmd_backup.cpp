#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/long_work.h"
#include "native/operate/backup.h"
#include "native/operate/copy_keys.h"
#include "native/server/data_folder.h"

namespace countersign::native {

namespace {

struct BackupCommand {
    std::filesystem::path data = "data";
    std::filesystem::path to;
    std::filesystem::path keys_to;
    bool quiet = false;
};

// From now on, devices may forget what is in it.
Status tell_stable(const BackupCommand& options, const Manifest& manifest) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier({.data = options.data, .server = {}, .token = {}}));
    for (const BackedUpLog& log : manifest.projects) {
        if (log.size == 0) {
            continue;
        }
        JsonWriter body;
        body.begin_object()
            .member("root", to_hex(log.root))
            .member("size", static_cast<int64_t>(log.size))
            .end_object();
        const Answered answered = CS_TRY(carrier->ask(
            {"POST", project_target(log.project.text, "/backups"), "application/json"}, std::move(body).take()));
        CS_TRY_STATUS(problem_of(answered));
    }
    return success();
}

// Never into the backup: whoever destroys a key must not find it there again.
Status copy_keys(const BackupCommand& options) {
    if (options.keys_to.empty()) {
        return success();
    }
    if (std::filesystem::exists(options.keys_to / kStoreFile)) {
        return fail(ErrorCode::invalid_argument, "has a store in it; keys are kept apart from stores",
                    options.keys_to.string());
    }
    CS_TRY_STATUS(copy_subject_keys(options.data, options.keys_to));
    print(concat("keys in ", options.keys_to.string(), ", over those that were there before"));
    return success();
}

int run_backup(const BackupCommand& options) {
    LongWork work(options.quiet);
    const auto made = make_backup(options.data, options.to, work.go_on());
    work.finish();
    if (!made.ok()) {
        return report_work(made.error());
    }
    uint64_t entries = 0;
    for (const BackedUpLog& log : made.value().manifest.projects) {
        entries += log.size;
    }
    print(concat("backup in ", made.value().folder.string(), ": ", grouped(made.value().manifest.projects.size()),
                 " projects, ", grouped(entries), " log entries, verified by restoring it"));
    if (const Status keys = copy_keys(options); !keys.ok()) {
        return report(keys.error());
    }
    const Status told = tell_stable(options, made.value().manifest);
    if (!told.ok()) {
        note("countersign: the backup is good, but the server could not be told of it; devices keep what they have");
        return report(told.error());
    }
    return 0;
}

}  // namespace

void add_backup(CLI::App& app, Run& run) {
    auto options = std::make_shared<BackupCommand>();
    CLI::App* command =
        app.add_subcommand("backup", "Copy a data folder, also while a server runs on it, and verify the copy");
    command->add_option("--data", options->data, "Data folder")->envname("COUNTERSIGN_DATA")->default_str("data");
    command->add_option("--to", options->to, "The backup's name; a folder that is there gets it inside")->required();
    command->add_option("--keys-to", options->keys_to,
                        "Copy the keys of its texts there, apart from all backups; over the copy before");
    command->add_flag("--quiet", options->quiet, "No progress");
    command->footer(exit_statuses("", kStopped));
    command->callback([options, &run] { run = [options] { return run_backup(*options); }; });
}

}  // namespace countersign::native
