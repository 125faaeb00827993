#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/json/writer.h"
#include "core/sync/outbox_file.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

constexpr uint64_t kOutboxLimit_bytes = uint64_t{1} << 30;

struct OutboxCommand {
    CarrierOptions carrier;
    std::string file;
    std::string project;
    bool json = false;
};

// What became of one part of the file.
struct Fate {
    const sync::OutboxPart* part = nullptr;
    Status taken = success();
    std::string state;
    bool waits = false;
};

uint64_t last_of(const sync::OutboxPart& part) {
    return part.from + part.operations - 1;
}

Result<Fate> send_part(Carrier& carrier, const OutboxCommand& options, const sync::OutboxPart& part) {
    Fate out;
    out.part = &part;
    const Answered answered =
        CS_TRY(carrier.ask({"POST", project_target(options.project, "/outbox"), "application/jsonl"}, part.body));
    out.taken = problem_of(answered);
    if (out.taken.ok()) {
        const Json json = CS_TRY(parse_json(answered.body));
        out.state = json.text_of("state");
        const bool* waits = json.find("waits") == nullptr ? nullptr : json.find("waits")->boolean();
        out.waits = waits != nullptr && *waits;
    }
    return out;
}

std::string words(const Fate& fate) {
    const sync::OutboxPart& part = *fate.part;
    const std::string which =
        concat("stream ", part.stream.text, ", operations ", part.from, " to ", last_of(part), ": ");
    if (!fate.taken.ok()) {
        return concat(which, "not taken: ", fate.taken.error().text());
    }
    return concat(which, "saved", fate.waits ? "; some of it waits for a lead" : "",
                  fate.state == "forked" ? "; the device was copied: both branches are kept, a lead looks at it" : "");
}

std::string as_json(const std::vector<Fate>& fates) {
    JsonWriter writer;
    writer.begin_object().name("parts").begin_array();
    for (const Fate& fate : fates) {
        writer.begin_object().member("stream", fate.part->stream.text);
        writer.member("from", static_cast<int64_t>(fate.part->from));
        writer.member("to", static_cast<int64_t>(last_of(*fate.part))).member_bool("saved", fate.taken.ok());
        writer.member_bool("waits", fate.waits);
        if (!fate.taken.ok()) {
            writer.member("reason", fate.taken.error().text());
        }
        writer.end_object();
    }
    return std::move(writer.end_array().end_object()).take();
}

Result<int> send_file(const OutboxCommand& options) {
    const std::string file = CS_TRY(read_file(options.file, kOutboxLimit_bytes));
    const auto parts = sync::read_outbox_file(file);
    if (!parts.ok()) {
        return fail(parts.error().code, parts.error().text(), options.file);
    }
    std::unique_ptr<Carrier> carrier = CS_TRY(make_carrier(options.carrier));
    std::vector<Fate> fates;
    uint64_t saved = 0;
    uint64_t refused = 0;
    for (const sync::OutboxPart& part : parts.value()) {
        fates.push_back(CS_TRY(send_part(*carrier, options, part)));
        (fates.back().taken.ok() ? saved : refused) += part.operations;
    }
    if (options.json) {
        print(as_json(fates));
    } else {
        for (const Fate& fate : fates) {
            print(words(fate));
        }
        print(concat(grouped(saved), " decisions saved, ", grouped(refused), " not taken"));
    }
    return refused == 0 ? 0 : kSomeRefused;
}

}  // namespace

void add_outbox(CLI::App& app, Run& run) {
    auto options = std::make_shared<OutboxCommand>();
    CLI::App* command = app.add_subcommand("outbox", "Hand in decisions that a desk saved as a file");
    command->add_option("file", options->file, "The file")->required();
    command->add_option("--project", options->project, "The project")->required();
    add_carrier_options(*command, options->carrier);
    command->add_flag("--json", options->json, "Answer as JSON");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const auto done = send_file(*options);
            return done.ok() ? done.value() : report(done.error());
        };
    });
}

}  // namespace countersign::native
