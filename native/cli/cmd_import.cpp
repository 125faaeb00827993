#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/input_file.h"

namespace countersign::native {

namespace {

struct ImportOptions {
    CarrierOptions carrier;
    std::string project;
    std::string file;
    bool json = false;
    bool quiet = false;
};

uint64_t count_of(const Json& json, std::string_view name) {
    const Json* value = json.find(name);
    return value != nullptr && value->integer() != nullptr ? static_cast<uint64_t>(*value->integer()) : 0;
}

Result<int> show(const ImportOptions& options, const Answered& answered) {
    CS_TRY_STATUS(problem_of(answered));
    const Json json = CS_TRY(parse_json(answered.body));
    const uint64_t failed = count_of(json, "failed");
    if (options.json) {
        print(answered.body);
        return failed == 0 ? 0 : kSomeRefused;
    }
    const JsonArray& errors = *json.find("errors")->array();
    for (const Json& error : errors) {
        const std::string field = error.text_of("field");
        note(concat(options.file, ':', count_of(error, "line"), ": ", field, field.empty() ? "" : ": ",
                    error.text_of("message")));
    }
    if (failed > errors.size()) {
        note(concat("... and ", grouped(failed - errors.size()), " further lines"));
    }
    print(concat(grouped(count_of(json, "lines")), " lines: ", grouped(count_of(json, "items")), " new items, ",
                 grouped(count_of(json, "predictions")), " new predictions, ", grouped(count_of(json, "unchanged")),
                 " unchanged, ", grouped(failed), " refused"));
    return failed == 0 ? 0 : kSomeRefused;
}

Result<int> import(const ImportOptions& options) {
    InputFile source = CS_TRY(InputFile::open(options.file));
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    Progress progress("imported", "KiB");
    const auto next = [&](std::string& out) -> Result<bool> {
        if (!options.quiet) {
            progress.at(source.read() / 1024, source.size() / 1024);
        }
        return source.next(out);
    };
    const Answered answered =
        CS_TRY(carrier->send({"POST", project_target(options.project, "/predictions"), "application/jsonl"}, next));
    progress.finish();
    return show(options, answered);
}

}  // namespace

void add_import(CLI::App& app, Run& run) {
    auto options = std::make_shared<ImportOptions>();
    CLI::App* command = app.add_subcommand("import", "Import predictions from JSON Lines");
    command->add_option("project", options->project, "The project")->required();
    command->add_option("file", options->file, "JSON Lines, one prediction a line; '-' reads standard input")
        ->required();
    add_carrier_options(*command, options->carrier);
    command->add_flag("--json", options->json, "Answer as JSON");
    command->add_flag("--quiet", options->quiet, "No progress");
    command->footer(
        std::string("The same file again changes nothing; broken lines are named and the rest is imported.\n") +
        kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const auto done = import(*options);
            return done.ok() ? done.value() : report(done.error());
        };
    });
}

}  // namespace countersign::native
