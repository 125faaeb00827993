#include <CLI/CLI.hpp>

#include "core/agreement/report.h"
#include "core/base/concat.h"
#include "native/cli/console.h"
#include "native/cli/stats/agreement_text.h"
#include "native/cli/stats/commands.h"
#include "native/cli/stats/stats_files.h"

namespace countersign::native {

namespace {

struct AgreementCommand {
    AnswerOptions answers;
    agreement::Scale scale = agreement::Scale::nominal;
    uint64_t seed = 1;
    uint32_t resamples = 1'000;
    bool json = false;
};

const std::map<std::string, agreement::Scale> kScales{{"nominal", agreement::Scale::nominal},
                                                      {"ordinal", agreement::Scale::ordinal},
                                                      {"interval", agreement::Scale::interval},
                                                      {"ratio", agreement::Scale::ratio}};

// What the labels say as numbers, where the scale needs numbers.
Result<std::vector<double>> values_of(const table::NamedAnswers& named, agreement::Scale scale) {
    std::vector<double> out;
    if (scale == agreement::Scale::nominal || scale == agreement::Scale::ordinal) {
        return out;
    }
    for (const std::string& label : named.labels) {
        const auto value = table::read_number(label);
        if (!value.ok()) {
            return fail(ErrorCode::invalid_argument, concat("needs labels that are numbers; '", label, "' is none"),
                        "--scale");
        }
        out.push_back(value.value());
    }
    return out;
}

Status run_agreement(const AgreementCommand& options) {
    const table::NamedAnswers named = CS_TRY(read_answers(options.answers));
    agreement::ReportOptions report_options{.scale = options.scale, .values = CS_TRY(values_of(named, options.scale))};
    report_options.bootstrap.seed = options.seed;
    report_options.bootstrap.resamples = options.resamples;
    const stats::AnswerTable table(named.answers, named.items.names().size(), named.reviewers.names().size(),
                                   named.labels.size());
    const agreement::AgreementReport report = agreement::agreement_report(table, report_options);
    print_raw(options.json ? agreement_json(report, named) : agreement_text(report, named));
    return success();
}

}  // namespace

void add_stats_agreement(CLI::App& stats, Run& run) {
    auto options = std::make_shared<AgreementCommand>();
    CLI::App* command = stats.add_subcommand("agreement", "How far several reviewers agree, beyond chance");
    add_answer_options(*command, options->answers);
    command->add_option("--scale", options->scale, "What labels are: nominal, ordinal, interval or ratio")
        ->transform(CLI::CheckedTransformer(kScales, CLI::ignore_case))
        ->default_str("nominal");
    command->add_option("--seed", options->seed, "Of the bootstrap: the same seed, the same interval")
        ->default_str("1");
    command->add_option("--resamples", options->resamples, "Of the bootstrap")
        ->check(CLI::Range(1, 1'000'000))
        ->default_str("1000");
    command->add_flag("--json", options->json, "Answer as JSON");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = run_agreement(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
