// countersign policy diff A B, countersign policy replay A B ITEMS: two documents without any store.

#include <CLI/CLI.hpp>

#include "core/api/ingest.h"
#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/policy/load.h"
#include "core/policy_change/diff.h"
#include "core/policy_change/replay.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/input_file.h"
#include "native/cli/policy_texts.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

struct PolicyOptions {
    std::filesystem::path before;
    std::filesystem::path after;
    std::string items;
    bool json = false;
    bool quiet = false;
};

struct Document {
    Policy policy;
    Json json;
};

Result<Document> read_document(const std::filesystem::path& path) {
    const std::string bytes = CS_TRY(read_file(path, 1 << 20));
    auto policy = load_policy(bytes);
    if (!policy.ok()) {
        return policy.error().at(path.string());
    }
    return Document{std::move(policy).value(), CS_TRY(parse_json(bytes))};
}

Result<int> show_diff(const PolicyOptions& options) {
    const Document before = CS_TRY(read_document(options.before));
    const Document after = CS_TRY(read_document(options.after));
    JsonWriter writer;
    writer.begin_object().name("changes").begin_array();
    for (const policy_change::Change& change : policy_change::diff(before.json, after.json)) {
        writer.begin_object().member("path", change.path).member("kind", change_kind_name(change.kind));
        writer.member("words", change.words).end_object();
    }
    const std::string text = std::move(writer.end_array().end_object()).take();
    if (options.json) {
        print(text);
        return 0;
    }
    const Json json = CS_TRY(parse_json(text, {.total_bytes = 64 << 20}));
    print_changes(*json.find("changes")->array());
    return 0;
}

// Replays the lines that the reader has read so far; how many were refused.
Result<uint64_t> take_lines(const PolicyOptions& options, api::IngestReader& reader, policy_change::Replay& replay) {
    uint64_t refused = 0;
    for (const api::LineError& error : reader.take_errors()) {
        note(concat(options.items, ':', error.line, ": ", error.error.text()));
        ++refused;
    }
    for (const api::ReadLine& line : reader.take_lines()) {
        const Json document = CS_TRY(parse_json(line.line.document));
        replay.take({line.line.item.text, &document}, line.line.prediction);
    }
    return refused;
}

Result<int> show_replay(const PolicyOptions& options) {
    const Document before = CS_TRY(read_document(options.before));
    const Document after = CS_TRY(read_document(options.after));
    InputFile source = CS_TRY(InputFile::open(options.items));
    api::IngestReader reader(api::ApiLimits{.ingest_lines = UINT64_MAX});
    policy_change::Replay replay(before.policy, after.policy);
    Progress progress("replayed", "KiB");
    uint64_t refused = 0;
    for (std::string piece; CS_TRY(source.next(piece)); piece.clear()) {
        CS_TRY_STATUS(reader.feed(piece));
        refused += CS_TRY(take_lines(options, reader, replay));
        if (!options.quiet) {
            progress.at(source.read() / 1024, source.size() / 1024);
        }
    }
    CS_TRY_STATUS(reader.finish());
    refused += CS_TRY(take_lines(options, reader, replay));
    progress.finish();
    JsonWriter writer;
    write_replay(writer, replay, policy_change::Examples::with);
    const std::string text = std::move(writer).take();
    if (options.json) {
        print(text);
    } else {
        print_replay(CS_TRY(parse_json(text)));
    }
    return refused == 0 ? 0 : kSomeRefused;
}

using Action = Result<int> (*)(const PolicyOptions&);

CLI::App* add_action(CLI::App& parent, Run& run, const char* name, const char* help, Action action,
                     const std::shared_ptr<PolicyOptions>& options) {
    CLI::App* command = parent.add_subcommand(name, help);
    command->add_option("before", options->before, "Policy document")->required();
    command->add_option("after", options->after, "Another one")->required();
    command->add_flag("--json", options->json, "Answer as JSON");
    command->footer(kExitStatuses);
    command->callback([options, action, &run] {
        run = [options, action] {
            const auto done = action(*options);
            return done.ok() ? done.value() : report(done.error());
        };
    });
    return command;
}

}  // namespace

void add_policy(CLI::App& app, Run& run) {
    auto options = std::make_shared<PolicyOptions>();
    CLI::App* policy = app.add_subcommand("policy", "Compare policy documents, without storing anything");
    policy->require_subcommand(1);
    add_action(*policy, run, "diff", "What differs between two policies, in words", show_diff, options);
    CLI::App* replaying = add_action(*policy, run, "replay",
                                     "How many items would go elsewhere under the second policy", show_replay, options);
    replaying->add_option("items", options->items, "JSON Lines as for import; '-' reads standard input")->required();
    replaying->add_flag("--quiet", options->quiet, "No progress");
}

}  // namespace countersign::native
