#include "core/base/concat.h"
#include "demo/classifier/model_file.h"
#include "demo/data/decisions.h"
#include "demo/program/commands.h"
#include "demo/program/files.h"
#include "demo/program/inputs.h"
#include "demo/program/report.h"

namespace countersign::demo {

namespace {

constexpr std::string_view kFirstName = "city-topics-1";

constexpr OptionSpec kExamples = {"--examples", "FILE",
                                  "labelled texts: {\"id\",\"input\":{\"text\"},\"label\"} a line", true};
constexpr OptionSpec kTruth = {"--truth", "FILE", "their labels, if they stand apart: {\"id\",\"label\"} a line",
                               false};
constexpr OptionSpec kIndex = {"--index", "FILE", "more labelled phrases, trained on but never scored", false};
constexpr OptionSpec kOnly = {"--only", "FILE", "use only the examples with these ids, one a line", false};
constexpr OptionSpec kExcept = {"--except", "FILE", "leave out the examples with these ids", false};
constexpr OptionSpec kOut = {"--out", "FILE", "where the model goes", true};

constexpr OptionSpec kTrainOptions[] = {
    kExamples, kTruth,  kIndex,
    kOnly,     kExcept, {"--name", "NAME", "the model's name with its version; city-topics-1 if not given", false},
    kOut};

constexpr OptionSpec kRetrainOptions[] = {
    {"--from", "FILE", "Countersign's export: item and decision a line", true},
    kExamples,
    kTruth,
    kIndex,
    kOnly,
    kExcept,
    {"--model", "FILE", "the model that is succeeded: the new one takes its name with the number raised", false},
    {"--name", "NAME", "the new model's name; city-topics-2 if neither this nor --model is given", false},
    kOut};

Status train_and_write(std::string name, std::vector<Example> examples, const Options& options,
                       const Console& console) {
    const std::span<const Candidate> candidates = usual_candidates();
    size_t done = 0;
    const Model model =
        CS_TRY(train(std::move(name), std::move(examples), candidates, [&](const CrossValidation& tried) {
            console.progress(concat("tried ", ++done, " of ", candidates.size(), ": ", line_of(tried)));
        }));
    CS_TRY(write_file(options.get("--out"), to_json(model)));
    console.out(training_report(model));
    return success();
}

Status run_train(const Options& options, const Console& console) {
    std::vector<Example> examples = CS_TRY(training_examples(options));
    std::string name = options.has("--name") ? options.get("--name") : std::string(kFirstName);
    return train_and_write(std::move(name), std::move(examples), options, console);
}

Result<std::string> successor_name(const Options& options) {
    if (options.has("--name")) {
        return options.get("--name");
    }
    if (options.has("--model")) {
        return next_version(CS_TRY(model_of(options)).name);
    }
    return next_version(kFirstName);
}

Status run_retrain(const Options& options, const Console& console) {
    std::string name = CS_TRY(successor_name(options));
    const std::vector<Example> seed = CS_TRY(training_examples(options));
    const std::string path = options.get("--from");
    const std::string content = CS_TRY(read_file(path));
    const Decisions decisions = CS_TRY(read_decisions(path, content));
    console.out(concat("export: ", decisions.accepted, " accepted, ", decisions.corrected, " corrected, ",
                       decisions.not_used, " not used; ", decisions.examples.size(), " items to learn from\n"));
    if (decisions.examples.empty()) {
        return fail(ErrorCode::failed_precondition, "holds no accepted or corrected item; there is nothing to learn",
                    path);
    }
    return train_and_write(std::move(name), merge(seed, decisions.examples), options, console);
}

}  // namespace

const Command kTrain = {
    "train", "trains a model from labelled texts",
    "Tries several ways to train by five-fold cross-validation, takes the one with the least log loss,\n"
    "fits its temperature on the same folds, and writes the model. The same input gives the same bytes.\n",
    kTrainOptions, run_train};

const Command kRetrain = {
    "retrain", "trains anew from the first examples and what reviewers decided",
    "Lines with the verdict accept or correct are learnt from; a decision replaces the example's own\n"
    "label; the last line of an item counts. Training itself is as in train.\n",
    kRetrainOptions, run_retrain};

}  // namespace countersign::demo
