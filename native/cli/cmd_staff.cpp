// countersign project staff | plan

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

struct StaffOptions {
    CarrierOptions carrier;
    std::string project;
    std::filesystem::path file;
    std::string reviewer;
    bool json = false;
};

Status staff(const StaffOptions& options) {
    const bool sets = !options.file.empty();
    std::string body = sets ? CS_TRY(read_file(options.file, 1 << 20)) : std::string();
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    const std::string target = project_target(options.project, "/staff");
    const Answered answered = CS_TRY(sets ? carrier->ask({"PUT", target, "application/json"}, std::move(body))
                                          : carrier->ask({"GET", target, ""}, ""));
    if (const Status problem = problem_of(answered); !problem.ok()) {
        return sets ? Status(problem.error().at(options.file.string())) : problem;
    }
    if (options.json) {
        print(answered.body);
        return success();
    }
    const Json json = CS_TRY(parse_json(answered.body));
    const int64_t version = *json.find("version")->integer();
    if (sets) {
        print(concat("staff of '", options.project, "': version ", version));
        return success();
    }
    print(concat("staff of '", options.project, "': version ", version, " by ", json.text_of("set_by"), ", ",
                 json.text_of("at")));
    print(to_text(*json.find("staff")));
    return success();
}

void print_words(const Json& entry) {
    for (const Json& line : *entry.find("words")->array()) {
        print(concat("    ", *line.string()));
    }
}

Status plan(const StaffOptions& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    const std::string query =
        options.reviewer.empty() ? std::string() : concat("?reviewer=", percent_encoded(options.reviewer));
    const Answered answered = CS_TRY(carrier->ask({"GET", project_target(options.project, "/plan" + query), ""}, ""));
    CS_TRY_STATUS(problem_of(answered));
    if (options.json) {
        print(answered.body);
        return success();
    }
    const Json json = CS_TRY(parse_json(answered.body, {.total_bytes = 64 << 20}));
    const JsonArray& assignments = *json.find("assignments")->array();
    const JsonArray& unfilled = *json.find("unfilled")->array();
    for (const Json& one : assignments) {
        print(concat(one.text_of("item"), " to ", one.text_of("reviewer"),
                     *one.find("late")->boolean() ? ", after it is due" : ""));
        print_words(one);
    }
    for (const Json& one : unfilled) {
        print(concat(one.text_of("item"), " to nobody"));
        print_words(one);
    }
    if (assignments.empty() && unfilled.empty()) {
        note("Nothing waits for anybody.");
    }
    if (*json.find("more")->boolean()) {
        note("More items wait; planned are the most urgent ones.");
    }
    return success();
}

using Action = Status (*)(const StaffOptions&);

CLI::App* add_action(CLI::App& parent, Run& run, const char* name, const char* help, Action action) {
    auto options = std::make_shared<StaffOptions>();
    CLI::App* command = parent.add_subcommand(name, help);
    command->add_option("project", options->project, "The project")->required();
    if (action == staff) {
        command->add_option("--set", options->file, "Bring this staff document into force (docs/people.md)");
    } else {
        command->add_option("--reviewer", options->reviewer, "Only what this account would get");
    }
    command->add_flag("--json", options->json, "Answer as JSON");
    add_carrier_options(*command, options->carrier);
    command->footer(kExitStatuses);
    command->callback([options, action, &run] {
        run = [options, action] {
            const Status done = action(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
    return command;
}

}  // namespace

void add_staff(CLI::App& project, Run& run) {
    add_action(project, run, "staff", "Who can review what: show the staff document, or set another one", staff);
    add_action(project, run, "plan", "Who would get which item now, and why", plan);
}

}  // namespace countersign::native
