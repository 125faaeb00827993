#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/number.h"
#include "core/json/writer.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/stats/figures.h"

namespace countersign::native {

namespace {

struct TierOptions {
    CarrierOptions carrier;
    std::string project;
    std::string tier;
    std::string model;
    std::string why;
    bool json = false;
};

double number_of(const Json& json, std::string_view name) {
    const Json* found = json.find(name);
    return found == nullptr ? 0 : as_double(*found).value_or(0);
}

std::string count_of(const Json& json, std::string_view name) {
    return grouped(static_cast<uint64_t>(number_of(json, name)));
}

void print_certificate(const Json& certificate) {
    print(concat("  certificate ", count_of(certificate, "serial"), ", ", certificate.text_of("at"), ": of ",
                 count_of(certificate, "reviewed"), " reviewed items ", count_of(certificate, "accepted"),
                 " are at least that sure, ", count_of(certificate, "errors"), " of them wrong; delta ",
                 fixed(number_of(certificate, "delta"), 4)));
    print(concat("  approves about ", percent(number_of(certificate, "coverage"), 1), " of what is routed to it"));
    if (const Json* closed = certificate.find("closed")) {
        print(concat("  closed by ", closed->text_of("by"), ", ", closed->text_of("at"), ": ", closed->text_of("why")));
    }
}

void print_audit(const Json& audit) {
    print(concat("  audit: ", count_of(audit, "promised"), " approved, ", count_of(audit, "drawn"), " drawn, ",
                 count_of(audit, "decided"), " decided, ", count_of(audit, "errors"), " wrong"));
    if (number_of(audit, "decided") > 0) {
        print(concat("  error ", percent(number_of(audit, "rate")), ", 95 % interval ",
                     percent(number_of(audit, "lower")), " to ", percent(number_of(audit, "upper")), "; evidence ",
                     fixed(number_of(audit, "log_e"), 2), " nats, alarm at ", fixed(number_of(audit, "alarm_at"), 2),
                     "; of a change ", fixed(number_of(audit, "log_change"), 2), ", alarm at ",
                     fixed(number_of(audit, "change_at"), 2)));
    }
}

void print_tier(const Json& tier) {
    const Json& promise = *tier.find("promise");
    const std::string model = tier.text_of("model");
    print(concat("tier ", tier.text_of("tier"), model.empty() ? "" : ", model ", model, ": ", tier.text_of("state")));
    print(concat("  promise: at most ", percent(number_of(promise, "max_error"), 2), " wrong, with probability ",
                 fixed(number_of(promise, "confidence"), 4)));
    if (tier.text_of("state") == "open") {
        print(concat("  approves from confidence ", fixed(number_of(tier, "threshold"), 6), " on"));
    } else if (tier.find("would_open_from") != nullptr) {
        print(concat("  would open from confidence ", fixed(number_of(tier, "would_open_from"), 6),
                     " on: 'countersign tier certify'"));
    } else {
        print(concat("  ", tier.text_of("missing")));
    }
    if (const Json* certificate = tier.find("certificate")) {
        print_certificate(*certificate);
    }
    if (const Json* audit = tier.find("audit")) {
        print_audit(*audit);
    }
    const Json& calibration = *tier.find("calibration");
    print(concat("  calibration: ", calibration.text_of("method"), "; ", calibration.text_of("why")));
}

Status answer(const TierOptions& options, const Answered& answered) {
    CS_TRY_STATUS(problem_of(answered));
    if (options.json) {
        print(answered.body);
        return success();
    }
    const Json json = CS_TRY(parse_json(answered.body));
    const Json* tiers = json.find("tiers");
    if (tiers == nullptr) {
        print_tier(json);
        return success();
    }
    if (tiers->array()->empty()) {
        note("The policy in force has no automatic tier with a promise (docs/tiers.md).");
    }
    for (const Json& tier : *tiers->array()) {
        print_tier(tier);
    }
    return success();
}

Status show(const TierOptions& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    return answer(options, CS_TRY(carrier->ask({"GET", project_target(options.project, "/tiers"), ""}, "")));
}

Status post(const TierOptions& options, std::string_view what) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    JsonWriter body;
    body.begin_object().member("model", options.model).member("tier", options.tier);
    if (!options.why.empty()) {
        body.member("why", options.why);
    }
    body.end_object();
    const std::string target = project_target(options.project, concat("/tiers/", what));
    return answer(options, CS_TRY(carrier->ask({"POST", target, "application/json"}, std::move(body).take())));
}

using Action = Status (*)(const TierOptions&);

CLI::App* add_action(CLI::App& parent, Run& run, const char* name, const char* help, Action action,
                     const std::shared_ptr<TierOptions>& options) {
    CLI::App* command = parent.add_subcommand(name, help);
    add_carrier_options(*command, options->carrier);
    command->add_option("project", options->project, "The project")->required();
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

void add_which(CLI::App& command, TierOptions& options) {
    command.add_option("--tier", options.tier, "The automatic tier")->required();
    command.add_option("--model", options.model, "The model version")->required();
}

}  // namespace

void add_tier(CLI::App& app, Run& run) {
    auto options = std::make_shared<TierOptions>();
    CLI::App* tier = app.add_subcommand("tier", "Automatic tiers with a promise: how they stand, open one, close one");
    tier->require_subcommand(1);
    add_action(*tier, run, "show", "Each tier for each model: open or closed, on which evidence, how the audit stands",
               show, options);
    CLI::App* certify = add_action(
        *tier, run, "certify", "Open a tier for a model, if the evidence bears the promise",
        [](const TierOptions& o) { return post(o, "certify"); }, options);
    add_which(*certify, *options);
    CLI::App* close = add_action(
        *tier, run, "close", "Close a tier for a model: from now on people review what was approved",
        [](const TierOptions& o) { return post(o, "close"); }, options);
    add_which(*close, *options);
    close->add_option("--why", options->why, "The reason, for the log; no personal text")->required();
}

}  // namespace countersign::native
