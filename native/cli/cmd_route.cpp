#include <map>

#include <CLI/CLI.hpp>

#include "core/api/ingest.h"
#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/policy/load.h"
#include "core/routing/router.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/cli/input_file.h"
#include "native/platform/clock_posix.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

struct RouteOptions {
    std::filesystem::path policy;
    std::string file;
    bool quiet = false;
    bool explain = false;
    bool json = false;
};

void show_json(const std::string& id, const RouteExplanation& why) {
    JsonWriter writer;
    writer.begin_object()
        .member("id", id)
        .member("tier", why.taken.tier)
        .member("kind", tier_kind_name(why.taken.kind));
    writer.member("route", why.taken.route).member("reason", why.reason).member("condition", why.condition);
    if (!why.problem.empty()) {
        writer.member("problem", why.problem);
    }
    writer.name("seen").begin_object();
    for (const SeenValue& seen : why.seen) {
        writer.member(seen.name, seen.value);
    }
    print(std::move(writer.end_object().end_object()).take());
}

void show_words(const std::string& id, const RouteExplanation& why) {
    print(concat(id, "  ", why.taken.tier, "  route ", why.taken.route, why.reason.empty() ? "" : ": ", why.reason));
    print(concat("    when ", why.condition));
    for (const SeenValue& seen : why.seen) {
        print(concat("    ", seen.name, " = ", seen.value));
    }
    if (!why.problem.empty()) {
        print(concat("    ", why.problem));
    }
}

// Items per tier and per route, in the policy's order.
void show_counts(const Policy& policy, const std::map<std::string, uint64_t>& tiers,
                 const std::map<std::string, uint64_t>& routes, uint64_t items) {
    const auto of = [](const std::map<std::string, uint64_t>& counts, const std::string& key) {
        const auto found = counts.find(key);
        return found == counts.end() ? uint64_t{0} : found->second;
    };
    print(concat(grouped(items), " items"));
    for (const TierDef& tier : policy.tiers) {
        print(concat("  tier ", tier.id, ": ", grouped(of(tiers, tier.id)),
                     items == 0 ? std::string() : concat(" (", of(tiers, tier.id) * 100 / items, " %)")));
    }
    for (const RouteDef& route : policy.routes) {
        print(concat("  route ", route.id, ": ", grouped(of(routes, route.id))));
    }
}

// Routes lines as they come and counts where they go.
class RoutedLines {
public:
    RoutedLines(const RouteOptions& options, const Policy& policy)
        : options_(options), policy_(policy), router_(policy), now_(SystemClock().now()) {}

    // What the reader has read so far, in the order of the lines.
    Status take(api::IngestReader& reader);
    int finish() const;

private:
    Status route(const api::ReadLine& line);
    void refuse(uint64_t line, const Error& error);

    const RouteOptions& options_;
    const Policy& policy_;
    Router router_;
    Instant now_;
    std::map<std::string, uint64_t> tiers_;
    std::map<std::string, uint64_t> routes_;
    uint64_t items_ = 0;
    uint64_t refused_ = 0;
};

void RoutedLines::refuse(uint64_t line, const Error& error) {
    note(concat(options_.file, ':', line, ": ", error.text()));
    ++refused_;
}

Status RoutedLines::route(const api::ReadLine& line) {
    if (const Status known = check_label(policy_, line.line.prediction.label); !known.ok()) {
        refuse(line.number, known.error());
        return success();
    }
    const Json document = CS_TRY(parse_json(line.line.document));
    const RouteExplanation why = router_.explain({line.line.item.text, &document}, line.line.prediction, now_);
    ++items_;
    ++tiers_[why.taken.tier];
    ++routes_[why.taken.route];
    if (options_.explain) {
        (options_.json ? show_json : show_words)(line.line.item.text, why);
    }
    return success();
}

Status RoutedLines::take(api::IngestReader& reader) {
    const std::vector<api::LineError> errors = reader.take_errors();
    auto error = errors.begin();
    for (const api::ReadLine& line : reader.take_lines()) {
        for (; error != errors.end() && error->line < line.number; ++error) {
            refuse(error->line, error->error);
        }
        CS_TRY_STATUS(route(line));
    }
    for (; error != errors.end(); ++error) {
        refuse(error->line, error->error);
    }
    return success();
}

int RoutedLines::finish() const {
    if (!options_.json) {
        show_counts(policy_, tiers_, routes_, items_);
    }
    return refused_ == 0 ? 0 : kSomeRefused;
}

Result<int> run_route(const RouteOptions& options) {
    const std::string bytes = CS_TRY(read_file(options.policy, 1 << 20));
    auto loaded = load_policy(bytes);
    if (!loaded.ok()) {
        return loaded.error().at(options.policy.string());
    }
    InputFile source = CS_TRY(InputFile::open(options.file));
    api::IngestReader reader(api::ApiLimits{.ingest_lines = UINT64_MAX});
    RoutedLines router(options, loaded.value());
    Progress progress("routed", "KiB");
    for (std::string piece; CS_TRY(source.next(piece)); piece.clear()) {
        CS_TRY_STATUS(reader.feed(piece));
        CS_TRY_STATUS(router.take(reader));
        if (!options.quiet) {
            progress.at(source.read() / 1024, source.size() / 1024);
        }
    }
    CS_TRY_STATUS(reader.finish());
    CS_TRY_STATUS(router.take(reader));
    progress.finish();
    return router.finish();
}

}  // namespace

void add_route(CLI::App& app, Run& run) {
    auto options = std::make_shared<RouteOptions>();
    CLI::App* command = app.add_subcommand("route", "Try a policy on a file of predictions, without storing anything");
    command->add_option("file", options->file, "JSON Lines as for import; '-' reads standard input")->required();
    command->add_option("--policy", options->policy, "Policy document")->required();
    command->add_flag("--explain", options->explain, "For each item: the route, why, and the values that the rule saw");
    command->add_flag("--json", options->json, "One JSON object a line (with --explain)");
    command->add_flag("--quiet", options->quiet, "No progress");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const auto done = run_route(*options);
            return done.ok() ? done.value() : report(done.error());
        };
    });
}

}  // namespace countersign::native
