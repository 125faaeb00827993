#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

struct ProjectOptions {
    CarrierOptions carrier;
    std::string id;
    std::string name;
    std::filesystem::path policy;
    bool json = false;
    bool if_missing = false;
};

Status create(const ProjectOptions& options) {
    const std::string policy = CS_TRY(read_file(options.policy, 1 << 20));
    const auto parsed = parse_json(policy);
    if (!parsed.ok()) {
        return parsed.error().at(options.policy.string());
    }
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    if (options.if_missing) {
        const Answered found = CS_TRY(carrier->ask({"GET", project_target(options.id), ""}, ""));
        if (found.status == 200) {
            return success();
        }
    }
    JsonWriter body;
    body.begin_object()
        .member("id", options.id)
        .member("name", options.name)
        .member("policy", policy)  // its bytes: the digest is the file's, as with 'project policy'
        .end_object();
    const Answered answered =
        CS_TRY(carrier->ask({"POST", "/api/v1/projects", "application/json"}, std::move(body).take()));
    CS_TRY_STATUS(problem_of(answered));
    if (options.json) {
        print(answered.body);
    } else {
        const Json project = CS_TRY(parse_json(answered.body));
        print(concat("project '", options.id, "' (", project.text_of("name"), ") with policy ",
                     project.text_of("policy").substr(0, 12)));
    }
    return success();
}

Status list(const ProjectOptions& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    const Answered answered = CS_TRY(carrier->ask({"GET", "/api/v1/projects", ""}, ""));
    CS_TRY_STATUS(problem_of(answered));
    if (options.json) {
        print(answered.body);
        return success();
    }
    const Json json = CS_TRY(parse_json(answered.body));
    const Json* projects = json.find("projects");
    if (projects == nullptr || projects->array() == nullptr || projects->array()->empty()) {
        note("There is no project yet; 'countersign project create' makes one.");
        return success();
    }
    for (const Json& project : *projects->array()) {
        print(concat(project.text_of("id"), "  ", project.text_of("name")));
        for (const Json& count : *project.find("counts")->array()) {
            print(concat("    ", count.text_of("tier"), ' ', count.text_of("status"), ": ",
                         grouped(static_cast<uint64_t>(*count.find("items")->integer()))));
        }
    }
    return success();
}

Status set_policy(const ProjectOptions& options) {
    std::string policy = CS_TRY(read_file(options.policy, 1 << 20));
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    const Answered answered =
        CS_TRY(carrier->ask({"PUT", project_target(options.id, "/policy"), "application/json"}, std::move(policy)));
    CS_TRY_STATUS(problem_of(answered));
    const Json project = CS_TRY(parse_json(answered.body));
    print(options.json ? answered.body
                       : concat("in force for '", options.id, "': policy ", project.text_of("policy").substr(0, 12)));
    return success();
}

using Action = Status (*)(const ProjectOptions&);

CLI::App* add_action(CLI::App& parent, Run& run, const char* name, const char* help, Action action,
                     const std::shared_ptr<ProjectOptions>& options) {
    CLI::App* command = parent.add_subcommand(name, help);
    add_carrier_options(*command, options->carrier);
    command->add_flag("--json", options->json, "Answer as JSON");
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

void add_project(CLI::App& app, Run& run) {
    auto options = std::make_shared<ProjectOptions>();
    CLI::App* project = app.add_subcommand("project", "Create projects, list them, change their policies");
    project->require_subcommand(1);
    CLI::App* creating = add_action(*project, run, "create", "Create a project with its first policy", create, options);
    creating->add_option("id", options->id, "Lower-case letters, digits and '-'")->required();
    creating->add_option("--policy", options->policy, "Policy document (docs/policy.md)")->required();
    creating->add_option("--name", options->name, "Name for people; the policy's name otherwise");
    creating->add_flag("--if-missing", options->if_missing, "Do nothing when the project exists");
    add_action(*project, run, "list", "List projects with their counts", list, options);
    CLI::App* policy =
        add_action(*project, run, "policy", "Bring another policy into force from now on", set_policy, options);
    policy->add_option("id", options->id, "The project")->required();
    policy->add_option("--file", options->policy, "Policy document")->required();
    add_proposals(*project, run);
    add_staff(*project, run);
}

}  // namespace countersign::native
