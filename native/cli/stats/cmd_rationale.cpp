#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/consensus/effectiveness.h"
#include "core/policy/load.h"
#include "core/rationale/quality.h"
#include "native/cli/console.h"
#include "native/cli/stats/commands.h"
#include "native/cli/stats/exported_file.h"
#include "native/cli/stats/figures.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

constexpr size_t kCodesShown = 20;

struct RationaleCommand {
    std::string file;
    std::string policy;
    bool json = false;
};

struct Tallies {
    std::map<std::string, RationaleTally> by_reviewer;
    std::map<std::string, RationaleTally> by_verdict;
    RationaleTally all;
    std::vector<std::string> unused;  // codes of the policy that nobody used

    void take(const table::ExportedItem& item) {
        for (const table::ExportedReview& review : item.reviews) {
            if (review.stands()) {
                by_reviewer[review.reviewer].add(review.codes, review.text, review.evidence);
                by_verdict[review.verdict].add(review.codes, review.text, review.evidence);
            }
        }
    }
};

std::string share(uint64_t part, uint64_t all) {
    if (all == 0) {
        return "-";
    }
    const auto wilson = consensus::wilson(part, all);
    return concat(percent(wilson.value, 0), " (", percent(wilson.low, 0), " to ", percent(wilson.high, 0), ')');
}

void add_row(TextTable& table, const std::string& name, const RationaleTally& tally) {
    const RationaleQuality quality = tally.quality();
    table.row({concat("  ", name), grouped(quality.decisions), share(quality.with_codes, quality.decisions),
               share(quality.with_text, quality.decisions), grouped(quality.median_characters),
               share(quality.repeated_texts, quality.with_text), share(quality.with_evidence, quality.decisions),
               fixed(quality.effective_codes, 1)});
}

std::string rationale_text(const Tallies& tallies) {
    TextTable table;
    table.row({"", "decisions", "with reasons", "with words", "characters", "words repeated", "with evidence",
               "reasons in use"});
    add_row(table, "all", tallies.all);
    for (const auto& [verdict, tally] : tallies.by_verdict) {
        add_row(table, concat("to ", verdict), tally);
    }
    for (const auto& [reviewer, tally] : tallies.by_reviewer) {
        add_row(table, reviewer, tally);
    }
    std::string out = table.text();
    TextTable codes;
    codes.row({"reason", "decisions", "of all"});
    const std::vector<CodeUse> used = tallies.all.codes();
    for (size_t i = 0; i < std::min(kCodesShown, used.size()); ++i) {
        codes.row({concat("  ", used[i].code), grouped(used[i].decisions),
                   share(used[i].decisions, tallies.all.quality().decisions)});
    }
    out += concat('\n', codes.text());
    if (used.size() > kCodesShown) {
        out += concat("  and ", used.size() - kCodesShown, " more\n");
    }
    for (size_t i = 0; i < tallies.unused.size(); ++i) {
        out += concat(i == 0 ? "\nnobody used: " : ", ", tallies.unused[i]);
    }
    return tallies.unused.empty() ? out : out + '\n';
}

void write_quality(JsonWriter& json, std::string_view key, const std::string& name, const RationaleTally& tally) {
    const RationaleQuality quality = tally.quality();
    json.begin_object().member(key, name).member("decisions", static_cast<int64_t>(quality.decisions));
    json.member("with_codes", static_cast<int64_t>(quality.with_codes));
    json.member("with_text", static_cast<int64_t>(quality.with_text));
    json.member("median_characters", static_cast<int64_t>(quality.median_characters));
    json.member("repeated_texts", static_cast<int64_t>(quality.repeated_texts));
    json.member("with_evidence", static_cast<int64_t>(quality.with_evidence));
    member(json, "effective_codes", quality.effective_codes);
    json.name("codes").begin_object();
    for (const CodeUse& use : tally.codes()) {
        json.member(use.code, static_cast<int64_t>(use.decisions));
    }
    json.end_object().end_object();
}

std::string rationale_json(const Tallies& tallies) {
    JsonWriter json;
    json.begin_object().name("all");
    write_quality(json, "of", "all", tallies.all);
    const auto list = [&](std::string_view name, std::string_view key, const auto& map) {
        json.name(name).begin_array();
        for (const auto& [one, tally] : map) {
            write_quality(json, key, one, tally);
        }
        json.end_array();
    };
    list("verdicts", "verdict", tallies.by_verdict);
    list("reviewers", "reviewer", tallies.by_reviewer);
    json.name("unused_codes").begin_array();
    for (const std::string& code : tallies.unused) {
        json.text(code);
    }
    return std::move(json.end_array().end_object()).take() + '\n';
}

Status find_unused(const std::string& file, Tallies& tallies) {
    const std::string bytes = CS_TRY(read_file(file, 1 << 20));
    const auto policy = load_policy(bytes);
    if (!policy.ok()) {
        return policy.error().at(file);
    }
    std::map<std::string, uint64_t> used;
    for (const CodeUse& use : tallies.all.codes()) {
        used[use.code] = use.decisions;
    }
    for (const ReasonCode& code : policy.value().reason_codes) {
        if (code.choosable && !used.contains(code.id)) {
            tallies.unused.push_back(code.id);
        }
    }
    return success();
}

Status run_rationale(const RationaleCommand& options) {
    Tallies tallies;
    CS_TRY_STATUS(read_export(options.file, [&](const table::ExportedItem& item) { tallies.take(item); }));
    for (const auto& [reviewer, tally] : tallies.by_reviewer) {
        tallies.all.add(tally);
    }
    if (!options.policy.empty()) {
        CS_TRY_STATUS(find_unused(options.policy, tallies));
    }
    print_raw(options.json ? rationale_json(tallies) : rationale_text(tallies));
    return success();
}

}  // namespace

void add_stats_rationale(CLI::App& stats, Run& run) {
    auto options = std::make_shared<RationaleCommand>();
    CLI::App* command = stats.add_subcommand(
        "rationale", "How well decisions are explained: reasons, words and evidence, by reviewer and verdict");
    command->add_option("file", options->file, "What 'countersign export' wrote; '-' reads standard input")->required();
    command->add_option("--policy", options->policy, "Also say which reason codes of this policy nobody used");
    command->add_flag("--json", options->json, "Answer as JSON");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = run_rationale(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
