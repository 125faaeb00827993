#include <cstdio>
#include <map>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/model/ingest_line.h"
#include "core/policy/load.h"
#include "core/routing/route.h"
#include "native/cli/commands.h"
#include "native/cli/console.h"
#include "native/platform/clock_posix.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

struct RouteOptions {
    std::filesystem::path policy;
    std::filesystem::path file;
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

Result<int> run_route(const RouteOptions& options) {
    const std::string bytes = CS_TRY(read_file(options.policy, 1 << 20));
    auto loaded = load_policy(bytes);
    if (!loaded.ok()) {
        return loaded.error().at(options.policy.string());
    }
    const Policy& policy = loaded.value();
    const std::string lines = CS_TRY(read_file(options.file, uint64_t{4} << 30));
    const Instant now = SystemClock().now();
    std::map<std::string, uint64_t> tiers;
    std::map<std::string, uint64_t> routes;
    uint64_t number = 0;
    uint64_t items = 0;
    uint64_t refused = 0;
    for (std::string_view rest = lines; !rest.empty();) {
        const size_t newline = rest.find('\n');
        const std::string_view line = rest.substr(0, newline);
        rest = newline == std::string_view::npos ? std::string_view() : rest.substr(newline + 1);
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
            continue;
        }
        const auto read = parse_ingest_line(line);
        if (!read.ok()) {
            note(concat(options.file.string(), ':', number, ": ", read.error().text()));
            ++refused;
            continue;
        }
        const Json document = CS_TRY(parse_json(read.value().document));
        const RouteExplanation why =
            explain_route(policy, {read.value().item.text, &document}, read.value().prediction, now);
        ++items;
        ++tiers[why.taken.tier];
        ++routes[why.taken.route];
        if (options.explain) {
            (options.json ? show_json : show_words)(read.value().item.text, why);
        }
    }
    if (!options.json) {
        show_counts(policy, tiers, routes, items);
    }
    return refused == 0 ? 0 : 7;
}

}  // namespace

void add_route(CLI::App& app, Run& run) {
    auto options = std::make_shared<RouteOptions>();
    CLI::App* command = app.add_subcommand("route", "Try a policy on a file of predictions, without storing anything");
    command->add_option("file", options->file, "JSON Lines as for import")->required();
    command->add_option("--policy", options->policy, "Policy document")->required();
    command->add_flag("--explain", options->explain, "For each item: the route, why, and the values that the rule saw");
    command->add_flag("--json", options->json, "One JSON object a line (with --explain)");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const auto done = run_route(*options);
            return done.ok() ? done.value() : report(done.error());
        };
    });
}

}  // namespace countersign::native
