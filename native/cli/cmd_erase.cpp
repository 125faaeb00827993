#include <CLI/CLI.hpp>

#include "core/api/erase.h"
#include "core/base/concat.h"
#include "core/json/writer.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"

namespace countersign::native {

namespace {

struct EraseOptions {
    CarrierOptions carrier;
    std::string project;
    std::string subject;
    std::string item;
    std::string ground;
    std::string words;
    bool json = false;
};

std::string grounds() {
    std::string out;
    for (const std::string_view ground : api::kErasureGrounds) {
        out += concat(out.empty() ? "" : ", ", ground);
    }
    return out;
}

Status erase(const EraseOptions& options) {
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    JsonWriter body;
    body.begin_object().member("ground", options.ground);
    body.member(options.subject.empty() ? "item" : "subject", options.subject.empty() ? options.item : options.subject);
    if (!options.words.empty()) {
        body.member("note", options.words);
    }
    body.end_object();
    const Answered answered = CS_TRY(
        carrier->ask({"POST", project_target(options.project, "/erase"), "application/json"}, std::move(body).take()));
    CS_TRY_STATUS(problem_of(answered));
    if (options.json) {
        print(answered.body);
        return success();
    }
    const Json json = CS_TRY(parse_json(answered.body));
    const Json* already = json.find("already");
    const bool nothing = already != nullptr && already->boolean() != nullptr && *already->boolean();
    const Json* items = json.find("items");
    const size_t count = items == nullptr || items->array() == nullptr ? 0 : items->array()->size();
    print(nothing ? std::string("erased already; nothing was left")
                  : concat("erased: ", grouped(count), count == 1 ? " item" : " items"));
    for (size_t i = 0; i < count && !nothing; ++i) {
        const std::string* item = (*items->array())[i].string();
        print(concat("    ", item == nullptr ? std::string() : *item));
    }
    if (!nothing) {
        note(
            "Devices are told when they next reach the server. Exports and bundles made before still have the texts: "
            "docs/erasure.md.");
    }
    return success();
}

}  // namespace

void add_erase(CLI::App& app, Run& run) {
    auto options = std::make_shared<EraseOptions>();
    CLI::App* command = app.add_subcommand("erase", "Erase a person: the texts of all items about them, for good");
    command->add_option("--project", options->project, "The project")->required();
    CLI::Option* subject =
        command->add_option("--subject", options->subject, "Whom: the 'subject' of the lines that were imported");
    command->add_option("--item", options->item, "Or whom this item is about; without a subject, the item alone")
        ->excludes(subject);
    command->add_option("--ground", options->ground, concat("Why: ", grounds()))->required();
    command->add_option("--note", options->words, "A few words for the log, without personal data");
    command->add_flag("--json", options->json, "Answer as JSON");
    add_carrier_options(*command, options->carrier);
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = erase(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
