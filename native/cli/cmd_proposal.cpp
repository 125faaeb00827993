// countersign project propose | proposals | approve | withdraw

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/password.h"
#include "native/cli/policy_texts.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

struct ProposalOptions {
    CarrierOptions carrier;
    std::string project;
    std::filesystem::path policy;
    std::string why;
    std::string account;
    uint64_t number = 0;
    uint64_t limit = 5'000;
    bool password_stdin = false;
    bool json = false;
};

Result<std::unique_ptr<Carrier>> carrier_of(const ProposalOptions& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    if (!options.account.empty()) {
        const std::string password = read_password(options.password_stdin ? Asking::silently : Asking::at_terminal);
        CS_TRY_STATUS(sign_in(*carrier, options.account, password));
    }
    return carrier;
}

std::string target_of(const ProposalOptions& options, std::string_view rest = {}) {
    const std::string number = options.number == 0 ? std::string() : concat('/', options.number);
    return project_target(options.project, concat("/policy/proposals", number, rest));
}

void print_proposal(const Json& proposal) {
    const Json* outdated = proposal.find("outdated");
    const std::string why = proposal.text_of("why");
    print(concat("proposal ", *proposal.find("number")->integer(), ", ", proposal.text_of("state"),
                 outdated != nullptr && *outdated->boolean() ? " and outdated" : "", ": policy ",
                 proposal.text_of("policy").substr(0, 12), " by ", proposal.text_of("proposed_by"), ", ",
                 proposal.text_of("at"), why.empty() ? "" : ": ", why));
    if (const Json* replaces = proposal.find("replaces")) {
        print(concat("  it replaces proposal ", *replaces->integer()));
    }
    print_changes(*proposal.find("changes")->array());
    if (const Json* ended = proposal.find("ended")) {
        const std::string words = ended->text_of("why");
        print(concat("  ", proposal.text_of("state"), " by ", ended->text_of("by"), ", ", ended->text_of("at"),
                     words.empty() ? "" : ": ", words));
    }
    if (const Json* replay = proposal.find("replay")) {
        print_replay(*replay);
    }
}

Status answer(const ProposalOptions& options, const Answered& answered) {
    CS_TRY_STATUS(problem_of(answered));
    if (options.json) {
        print(answered.body);
        return success();
    }
    const Json json = CS_TRY(parse_json(answered.body, {.total_bytes = 64 << 20}));
    const Json* list = json.find("proposals");
    if (list == nullptr) {
        print_proposal(json);
        return success();
    }
    if (list->array()->empty()) {
        note("Nobody has proposed a change; 'countersign project propose' does.");
    }
    for (const Json& proposal : *list->array()) {
        print_proposal(proposal);
    }
    return success();
}

Status propose(const ProposalOptions& options) {
    const std::string policy = CS_TRY(read_file(options.policy, 1 << 20));
    JsonWriter body;
    body.begin_object().member("policy", policy).member("why", options.why).end_object();
    std::unique_ptr<Carrier> carrier = CS_TRY(carrier_of(options));
    return answer(options,
                  CS_TRY(carrier->ask({"POST", target_of(options), "application/json"}, std::move(body).take())));
}

Status show(const ProposalOptions& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(carrier_of(options));
    const std::string query = options.number == 0 ? std::string() : concat("?limit=", options.limit);
    return answer(options, CS_TRY(carrier->ask({"GET", target_of(options, query), ""}, "")));
}

Status approve(const ProposalOptions& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(carrier_of(options));
    return answer(options, CS_TRY(carrier->ask({"POST", target_of(options, "/approve"), "application/json"}, "{}")));
}

Status withdraw(const ProposalOptions& options) {
    JsonWriter body;
    body.begin_object().member("why", options.why).end_object();
    std::unique_ptr<Carrier> carrier = CS_TRY(carrier_of(options));
    return answer(options, CS_TRY(carrier->ask({"POST", target_of(options, "/withdraw"), "application/json"},
                                               std::move(body).take())));
}

using Action = Status (*)(const ProposalOptions&);

CLI::App* add_action(CLI::App& parent, Run& run, const char* name, const char* help, Action action,
                     const std::shared_ptr<ProposalOptions>& options) {
    CLI::App* command = parent.add_subcommand(name, help);
    command->add_option("project", options->project, "The project")->required();
    command->add_option("--account", options->account, "Sign in with this account; its password is asked for");
    command->add_flag("--password-stdin", options->password_stdin, "Read the password from standard input");
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

void add_proposals(CLI::App& project, Run& run) {
    auto options = std::make_shared<ProposalOptions>();
    CLI::App* proposing =
        add_action(project, run, "propose", "Propose another policy; a second person approves it", propose, options);
    proposing->add_option("--file", options->policy, "Policy document")->required();
    proposing->add_option("--why", options->why, "The reason, for the log; no personal text");
    CLI::App* showing = add_action(project, run, "proposals",
                                   "Proposed changes in words; with a number also what they would move", show, options);
    showing->add_option("number", options->number, "Only this one, replayed against past items");
    showing->add_option("--limit", options->limit, "Replay against at most so many of the newest items")
        ->capture_default_str();
    CLI::App* approving =
        add_action(project, run, "approve", "Bring a proposed policy into force, as somebody else than who proposed it",
                   approve, options);
    approving->add_option("number", options->number, "The proposal")->required();
    CLI::App* withdrawing = add_action(project, run, "withdraw", "End a proposal", withdraw, options);
    withdrawing->add_option("number", options->number, "The proposal")->required();
    withdrawing->add_option("--why", options->why, "The reason, for the log; no personal text");
}

}  // namespace countersign::native
