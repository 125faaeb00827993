#include "demo/program/program.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "demo/program/commands.h"

namespace countersign::demo {

namespace {

constexpr std::string_view kProgram = "countersign-demo-model";
constexpr std::string_view kExitStatuses =
    "Exit status: 0 done; 2 a wrong command line, or a file that is missing or broken; 4 nothing to work on;\n"
    "5 a file that cannot be read or written.\n";

const Command* const kCommands[] = {&kTrain, &kPredict, &kEvaluate, &kRetrain};

std::string general_help() {
    std::string text =
        concat("Usage: ", kProgram, " COMMAND OPTIONS\n\n",
               "The small text classifier behind Countersign's demo: its predictions are what is reviewed.\n\n");
    for (const Command* command : kCommands) {
        std::string name(command->name);
        name.resize(10, ' ');
        text += concat("  ", name, command->summary, "\n");
    }
    return text + concat("\n", kProgram, " COMMAND --help shows the options of one.\n", kExitStatuses);
}

std::string command_help(const Command& command) {
    return concat("Usage: ", kProgram, " ", command.name, " OPTIONS\n\n", command.details, "\n",
                  help_of(command.options), "\n", kExitStatuses);
}

int show(const Error& error, const Console& console) {
    console.progress(concat(kProgram, ": ", error.text(), "\n"));
    return code_info(error.code).exit_status;
}

Result<const Command*> command_named(const std::string& name) {
    std::vector<std::string> known;
    for (const Command* command : kCommands) {
        if (command->name == name) {
            return command;
        }
        known.emplace_back(command->name);
    }
    return fail(ErrorCode::invalid_argument, concat("no such command", suggestion(name, known)), name);
}

bool wants_help(const std::string& arg) {
    return arg == "--help" || arg == "-h";
}

}  // namespace

int run_program(std::span<const std::string> args, const Console& console) {
    if (args.empty()) {
        console.progress(general_help());
        return code_info(ErrorCode::invalid_argument).exit_status;
    }
    if (wants_help(args.front())) {
        console.out(general_help());
        return 0;
    }
    const Result<const Command*> command = command_named(args.front());
    if (!command.ok()) {
        return show(command.error(), console);
    }
    const std::span<const std::string> rest = args.subspan(1);
    if (std::any_of(rest.begin(), rest.end(), wants_help)) {
        console.out(command_help(*command.value()));
        return 0;
    }
    const Result<Options> options = parse_options(command.value()->options, rest);
    if (!options.ok()) {
        return show(options.error(), console);
    }
    const Status done = command.value()->run(options.value(), console);
    return done.ok() ? 0 : show(done.error(), console);
}

}  // namespace countersign::demo
