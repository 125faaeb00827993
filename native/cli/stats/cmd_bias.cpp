#include <CLI/CLI.hpp>

#include "core/base/concat.h"
#include "core/people/automation_bias.h"
#include "native/cli/console.h"
#include "native/cli/stats/commands.h"
#include "native/cli/stats/exported_file.h"
#include "native/cli/stats/figures.h"

namespace countersign::native {

namespace {

struct BiasCommand {
    std::string file;
    bool json = false;
};

using Answers = std::vector<people::SeenPrediction>;

// Labels as numbers; the empty one stands for "no label fits".
class Labels {
public:
    uint32_t number(const std::string& label) {
        return numbers_.try_emplace(label, static_cast<uint32_t>(numbers_.size())).first->second;
    }

private:
    std::map<std::string, uint32_t> numbers_;
};

// Whether somebody else vouches for the outcome: an adjudicator, or another person who says the same. One's own word is
// no evidence of one's being right.
bool vouched_for(const table::ExportedItem& item, const std::string& reviewer) {
    return std::any_of(item.reviews.begin(), item.reviews.end(), [&](const table::ExportedReview& other) {
        return other.stands() && other.reviewer != reviewer && other.verdict != "escalate" &&
               other.label == item.outcome;
    });
}

struct Seen {
    std::map<std::string, Answers> by_reviewer;
    Answers all;
    Labels labels;
    uint64_t without_truth = 0;

    void take(const table::ExportedItem& item) {
        for (const table::ExportedReview& review : item.reviews) {
            if (!review.stands() || review.verdict == "escalate" || review.adjudicates) {
                continue;
            }
            if (!item.resolved || !vouched_for(item, review.reviewer)) {
                ++without_truth;
                continue;
            }
            const people::SeenPrediction one{
                .sight = review.prediction_shown ? people::Sight::shown : people::Sight::hidden,
                .predicted = labels.number(item.predicted),
                .answered = labels.number(review.label),
                .truth = labels.number(item.outcome)};
            by_reviewer[review.reviewer].push_back(one);
            all.push_back(one);
        }
    }
};

std::string_view verdict_words(people::BiasVerdict verdict) {
    switch (verdict) {
        case people::BiasVerdict::biased: return "follows the model into its errors";
        case people::BiasVerdict::not_biased: return "does not follow the model into its errors";
        case people::BiasVerdict::cannot_tell: return "cannot tell yet";
    }
    return "";
}

std::string_view verdict_name(people::BiasVerdict verdict) {
    switch (verdict) {
        case people::BiasVerdict::biased: return "biased";
        case people::BiasVerdict::not_biased: return "not_biased";
        case people::BiasVerdict::cannot_tell: return "cannot_tell";
    }
    return "";
}

std::string bias_text(const Seen& seen) {
    const auto line = [](std::string_view name, const Answers& answers) {
        const people::AutomationBias bias = people::automation_bias(answers);
        return concat(name, ": ", verdict_words(bias.verdict), "; ", sentence(bias), '\n');
    };
    std::string out = line("all", seen.all);
    for (const auto& [reviewer, answers] : seen.by_reviewer) {
        out += line(reviewer, answers);
    }
    if (seen.without_truth > 0) {
        out +=
            concat("not counted: ", grouped(seen.without_truth), " decisions on items for which nobody else vouches\n");
    }
    return out;
}

void write_effect(JsonWriter& json, std::string_view name, const people::Effect& effect) {
    const auto write = [&](std::string_view part, const consensus::Share& share) {
        json.name(part).begin_object().member("accepted", static_cast<int64_t>(share.hits));
        json.member("all", static_cast<int64_t>(share.all)).end_object();
    };
    json.name(name).begin_object();
    write("shown", effect.shown);
    write("hidden", effect.hidden);
    member(json, "difference", effect.difference.value);
    member(json, "low", effect.difference.low);
    member(json, "high", effect.difference.high);
    json.end_object();
}

void write_bias(JsonWriter& json, const std::string& reviewer, const Answers& answers) {
    const people::AutomationBias bias = people::automation_bias(answers);
    json.begin_object();
    if (!reviewer.empty()) {
        json.member("reviewer", reviewer);
    }
    json.member("verdict", verdict_name(bias.verdict));
    write_effect(json, "on_wrong", bias.on_wrong);
    write_effect(json, "on_right", bias.on_right);
    json.end_object();
}

std::string bias_json(const Seen& seen) {
    JsonWriter json;
    json.begin_object().name("all");
    write_bias(json, {}, seen.all);
    json.name("reviewers").begin_array();
    for (const auto& [reviewer, answers] : seen.by_reviewer) {
        write_bias(json, reviewer, answers);
    }
    json.end_array().member("not_counted", static_cast<int64_t>(seen.without_truth));
    return std::move(json.end_object()).take() + '\n';
}

Status run_bias(const BiasCommand& options) {
    Seen seen;
    CS_TRY_STATUS(read_export(options.file, [&](const table::ExportedItem& item) { seen.take(item); }));
    print_raw(options.json ? bias_json(seen) : bias_text(seen));
    return success();
}

}  // namespace

void add_stats_bias(CLI::App& stats, Run& run) {
    auto options = std::make_shared<BiasCommand>();
    CLI::App* command = stats.add_subcommand(
        "bias", "Whether people accept wrong predictions because they are shown, by those that were hidden");
    command->add_option("file", options->file, "What 'countersign export' wrote; '-' reads standard input")->required();
    command->add_flag("--json", options->json, "Answer as JSON");
    command->footer(kExitStatuses);
    command->callback([options, &run] {
        run = [options] {
            const Status done = run_bias(*options);
            return done.ok() ? 0 : report(done.error());
        };
    });
}

}  // namespace countersign::native
