#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"

namespace countersign::native {

namespace {

struct TokenOptions {
    CarrierOptions carrier;
    std::string name;
    std::string role;
    std::string project;
    std::string expires = "90d";
    bool json = false;
};

// The token alone on standard output, so that it can go into a file or a variable; everything else beside it.
Status create(const TokenOptions& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    JsonWriter body;
    body.begin_object().member("name", options.name).member("role", options.role);
    if (!options.project.empty()) {
        body.member("project", options.project);
    }
    body.member("expires_in", options.expires).end_object();
    const Answered answered =
        CS_TRY(carrier->ask({"POST", "/api/v1/tokens", "application/json"}, std::move(body).take()));
    CS_TRY_STATUS(problem_of(answered));
    if (options.json) {
        print(answered.body);
        return success();
    }
    const Json token = CS_TRY(parse_json(answered.body));
    print(token.text_of("token"));
    note(concat("token '", options.name, "' (", token.text_of("rights"), ") until ", token.text_of("expires"),
                "; it is not shown again"));
    return success();
}

Status list(const TokenOptions& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    const Answered answered = CS_TRY(carrier->ask({"GET", "/api/v1/tokens", ""}, ""));
    CS_TRY_STATUS(problem_of(answered));
    if (options.json) {
        print(answered.body);
        return success();
    }
    const Json json = CS_TRY(parse_json(answered.body));
    const Json* tokens = json.find("tokens");
    if (tokens == nullptr || tokens->array() == nullptr || tokens->array()->empty()) {
        note("There is no token; 'countersign token create' makes one.");
        return success();
    }
    for (const Json& token : *tokens->array()) {
        const Json* expired = token.find("expired");
        const bool over = expired != nullptr && expired->boolean() != nullptr && *expired->boolean();
        const std::string project = token.text_of("project");
        print(concat(token.text_of("name"), "  ", project.empty() ? std::string("all projects") : project, "  ",
                     over ? "ended " : "until ", token.text_of("expires")));
        print(concat("    ", token.text_of("rights")));
    }
    return success();
}

Status revoke(const TokenOptions& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    const Answered answered =
        CS_TRY(carrier->ask({"DELETE", "/api/v1/tokens/" + percent_encoded(options.name), ""}, ""));
    CS_TRY_STATUS(problem_of(answered));
    print(concat("token '", options.name, "' is revoked"));
    return success();
}

using Action = Status (*)(const TokenOptions&);

CLI::App* add_action(CLI::App& parent, Run& run, const char* name, const char* help, Action action,
                     const std::shared_ptr<TokenOptions>& options) {
    CLI::App* command = parent.add_subcommand(name, help);
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

void add_token(CLI::App& app, Run& run) {
    auto options = std::make_shared<TokenOptions>();
    CLI::App* token = app.add_subcommand("token", "Service tokens: what programs have instead of a password");
    token->require_subcommand(1);
    CLI::App* creating = add_action(*token, run, "create", "Make a token; it is printed once", create, options);
    creating->add_option("--name", options->name, "What the log calls it: letters, digits, '-', '_' and '.'")
        ->required();
    creating
        ->add_option("--role", options->role,
                     "Whose rights it gets, but for reviewing: lead, model_owner, auditor, admin or reviewer")
        ->required();
    creating->add_option("--project", options->project, "The only project it is for; all otherwise");
    creating->add_option("--expires", options->expires, "How long it lasts: 12h, 90d")->capture_default_str();
    creating->add_flag("--json", options->json, "Answer as JSON");
    add_action(*token, run, "list", "List tokens; their secrets are not kept", list, options)
        ->add_flag("--json", options->json, "Answer as JSON");
    add_action(*token, run, "revoke", "Revoke a token at once", revoke, options)
        ->add_option("name", options->name, "Its name")
        ->required();
}

}  // namespace countersign::native
