#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/password.h"

namespace countersign::native {

namespace {

struct AccountOptions {
    CarrierOptions carrier;
    std::string name;
    std::string role = "reviewer";
    bool password_stdin = false;
};

Status add(const AccountOptions& options) {
    const std::string password = read_password(options.password_stdin ? Asking::silently : Asking::at_terminal);
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    JsonWriter body;
    body.begin_object()
        .member("account", options.name)
        .member("role", options.role)
        .member("password", password)
        .end_object();
    const Answered answered =
        CS_TRY(carrier->ask({"POST", "/api/v1/accounts", "application/json"}, std::move(body).take()));
    CS_TRY_STATUS(problem_of(answered));
    print(concat("account '", options.name, "' (", options.role, ")"));
    return success();
}

}  // namespace

void add_account(CLI::App& app, Run& run) {
    auto options = std::make_shared<AccountOptions>();
    CLI::App* account = app.add_subcommand("account", "Accounts of people");
    account->require_subcommand(1);
    CLI::App* command =
        account->add_subcommand("add", "Add an account; its password is asked for, or read from standard input");
    command->add_option("name", options->name, "The name to sign in with")->required();
    command->add_option("--role", options->role, "reviewer, lead, model_owner, auditor or admin")
        ->capture_default_str();
    command->add_flag("--password-stdin", options->password_stdin, "Read the password from standard input");
    add_carrier_options(*command, options->carrier);
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = add(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
