#include <csignal>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/platform/files.h"
#include "native/server/serve.h"

namespace countersign::native {

namespace {

// Signal handlers can reach nothing else. Set before the handlers are installed, cleared after they are removed.
RunningService* running_service = nullptr;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

extern "C" void on_stop_signal(int) {
    running_service->request_stop();
}

struct ServeCommand {
    ServeOptions options;
    std::string limits_file;
    bool print_limits = false;
};

Status read_limits_file(ServeCommand& command) {
    if (command.limits_file.empty()) {
        return success();
    }
    constexpr uint64_t kMost_bytes = 1 << 20;
    const std::string text = CS_TRY(read_file(command.limits_file, kMost_bytes));
    auto limits = read_limits(text);
    if (!limits.ok()) {
        Error error = limits.error();
        error.field = concat(command.limits_file, error.field.empty() ? "" : ": ", error.field);
        return error;
    }
    command.options.limits = limits.value();
    return success();
}

int serve(ServeCommand& command) {
    if (const Status read = read_limits_file(command); !read.ok()) {
        return report(read.error());
    }
    const ServeOptions& options = command.options;
    if (command.print_limits) {
        print_raw(limits_text(options.limits));
        return 0;
    }
    auto started = RunningService::start(options);
    if (!started.ok()) {
        return report(started.error());
    }
    running_service = started.value().get();
    for (const int signal : {SIGINT, SIGTERM}) {
        std::signal(signal, on_stop_signal);
    }
    print(started.value()->address());
    std::fflush(stdout);
    note(concat("Countersign ", version_text(), " serves ", options.data.string(), options.demo ? " as a demo" : "",
                "; Ctrl-C stops it."));
    started.value()->wait();
    for (const int signal : {SIGINT, SIGTERM}) {
        std::signal(signal, SIG_DFL);
    }
    running_service = nullptr;
    note("Stopped; everything that was acknowledged is on disk.");
    return 0;
}

}  // namespace

void add_serve(CLI::App& app, Run& run) {
    auto parsed = std::make_shared<ServeCommand>();
    ServeOptions* options = &parsed->options;
    CLI::App* command = app.add_subcommand("serve", "Run the sync server and the desk's web app");
    options->data = "data";
    command->add_option("--data", options->data, "Folder of the store; made when it is not there")
        ->envname("COUNTERSIGN_DATA")
        ->capture_default_str();
    command->add_option("--port", options->port, "Port; 0 takes any that is free")->capture_default_str();
    command
        ->add_option("--address", options->address,
                     "Address to listen on; beyond this machine put a TLS proxy in front")
        ->capture_default_str();
    command->add_option("--site", options->site, "Folder of the built web app; without it only the API is served")
        ->check(CLI::ExistingDirectory);
    command->add_option("--host", options->hosts, "A name that requests may be for (repeatable); others are refused");
    command->add_option("--trusted-proxy", options->trusted_proxies,
                        "Address of a reverse proxy whose X-Forwarded-For is believed (repeatable)");
    command->add_option("--limits", parsed->limits_file, "JSON file with limits and rates; see docs/limits.md");
    command->add_flag("--print-limits", parsed->print_limits, "Print all limits as such a file and stop");
    command->add_flag("--behind-tls", options->behind_tls,
                      "A proxy in front speaks TLS: session cookies are marked Secure");
    command->add_flag("--demo", options->demo, "Let everybody sign in with one click as 'demo'");
    command->footer(kExitStatuses);
    command->callback([parsed, &run] { run = [parsed] { return serve(*parsed); }; });
}

}  // namespace countersign::native
