#include <algorithm>
#include <filesystem>

#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "native/cli/console.h"
#include "native/cli/stats/commands.h"
#include "native/cli/stats/consensus_text.h"
#include "native/cli/stats/stats_files.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

using consensus::Method;

struct ConsensusCommand {
    AnswerOptions answers;
    Method method = Method::hierarchical_with_wawa;
    std::string truth;
    std::string explain;
    std::string out;
    bool json = false;
};

const std::map<std::string, Method> kMethods{{"hds-wawa", Method::hierarchical_with_wawa},
                                             {"hds", Method::hierarchical},
                                             {"ordinal", Method::ordinal},
                                             {"dawid-skene", Method::dawid_skene},
                                             {"ibcc", Method::bayesian_confusions},
                                             {"one-coin", Method::one_coin},
                                             {"glad", Method::glad},
                                             {"bwa", Method::weighted_average},
                                             {"wawa", Method::wawa},
                                             {"majority", Method::majority}};

// Known labels, item and label a record.
class TruthReader : public table::RecordSink {
public:
    explicit TruthReader(const table::NamedAnswers& named) : named_(named) {}

    Status take(const table::Record& record) override {
        const auto item = named_.items.find(CS_TRY(table::required(record, table::kItemColumns)));
        const std::string_view name = CS_TRY(table::required(record, table::kLabelColumns));
        const auto label = std::ranges::find(named_.labels, name);
        if (!item || label == named_.labels.end()) {
            ++unknown_;
            return success();
        }
        known_.push_back({*item, static_cast<uint32_t>(label - named_.labels.begin())});
        return success();
    }

    Accuracy against(const consensus::Consensus& consensus, const stats::AnswerTable& table) const {
        Accuracy out{.unknown = unknown_};
        for (const consensus::KnownTruth& known : known_) {
            const auto posterior = consensus.of_item(known.item);
            const double largest = *std::ranges::max_element(posterior);
            const auto shared =
                std::ranges::count_if(posterior, [largest](double one) { return one >= largest - consensus::kTie; });
            const bool among = posterior[known.label] >= largest - consensus::kTie;
            out.judged += table.of_item(known.item).empty() ? 0 : 1;
            out.right += among && !table.of_item(known.item).empty() ? 1.0 / static_cast<double>(shared) : 0;
        }
        return out;
    }

private:
    const table::NamedAnswers& named_;
    std::vector<consensus::KnownTruth> known_;
    size_t unknown_ = 0;
};

Result<uint32_t> item_named(const table::NamedAnswers& named, const std::string& name) {
    if (const auto item = named.items.find(name)) {
        return *item;
    }
    return fail(ErrorCode::not_found, concat("there is no item '", name, "'", suggestion(name, named.items.names())),
                "--explain");
}

Result<std::string> show(const ConsensusCommand& options, const ConsensusOutcome& outcome) {
    if (!options.explain.empty()) {
        return explanation_text(outcome, CS_TRY(item_named(outcome.named, options.explain)));
    }
    return options.json ? consensus_json(outcome) : consensus_text(outcome);
}

Status run_consensus(const ConsensusCommand& options) {
    const table::NamedAnswers named = CS_TRY(read_answers(options.answers));
    const auto answers = stats::without_repeats(named.answers, stats::Repeats::keep_last);
    const stats::AnswerTable table(answers, named.items.names().size(), named.reviewers.names().size(),
                                   named.labels.size());
    TruthReader truth(named);
    if (!options.truth.empty()) {
        CS_TRY_STATUS(read_records(options.truth, truth));
    }
    ConsensusOutcome outcome{.named = named,
                             .table = table,
                             .guarded = consensus::guarded_consensus(table, {}, {.method = options.method}),
                             .reviewers = {},
                             .accuracy = {},
                             .repeats = named.answers.size() - answers.size()};
    if (!outcome.guarded.consensus.log_likelihood.empty()) {
        outcome.reviewers = reviewer_skills(outcome.guarded.consensus, table);
    }
    if (!options.truth.empty()) {
        outcome.accuracy = truth.against(outcome.guarded.consensus, table);
    }
    const std::string shown = CS_TRY(show(options, outcome));
    if (!options.out.empty()) {
        CS_TRY_STATUS(write_file(options.out, consensus_csv(outcome), false));
        note(concat("wrote ", grouped(table.items()), " items to ", options.out));
    }
    print_raw(shown);
    return success();
}

}  // namespace

void add_stats_consensus(CLI::App& stats, Run& run) {
    auto options = std::make_shared<ConsensusCommand>();
    CLI::App* command =
        stats.add_subcommand("consensus", "What several reviewers' answers add up to, and who is how good");
    add_answer_options(*command, options->answers);
    command
        ->add_option("--method", options->method,
                     "hds-wawa, hds, ordinal, dawid-skene, ibcc, one-coin, glad, bwa, wawa or majority")
        ->transform(CLI::CheckedTransformer(kMethods, CLI::ignore_case))
        ->default_str("hds-wawa");
    command->add_option("--truth", options->truth, "Known labels (item, label): says how many are right");
    command->add_option("--explain", options->explain, "Show what each answer on this item weighs instead");
    command->add_option("--out", options->out, "Write each item's label and posterior to this file, as CSV");
    command->add_flag("--json", options->json, "Answer as JSON, with all items and reviewers");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = run_consensus(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
