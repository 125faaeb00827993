#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "demo/classifier/measures.h"
#include "demo/program/commands.h"
#include "demo/program/files.h"
#include "demo/program/inputs.h"
#include "demo/program/report.h"

namespace countersign::demo {

namespace {

constexpr OptionSpec kEvaluateOptions[] = {
    {"--model", "FILE", "the model, as train wrote it", true},
    {"--items", "FILE", "texts: {\"id\",\"input\":{\"text\"}} a line", true},
    {"--truth", "FILE", "the right labels: {\"id\",\"label\"} a line; without it, the items' own \"label\"", false},
    {"--only", "FILE", "use only the items with these ids, one a line", false},
    {"--except", "FILE", "leave out the items with these ids: those that the model was trained on", false},
    {"--report", "FILE", "write the report there too", false},
};

Result<std::vector<Judged>> judge(const Model& model, const std::vector<Example>& examples) {
    std::vector<Judged> judged;
    for (const Example& example : examples) {
        const auto label = std::lower_bound(model.labels.begin(), model.labels.end(), example.label);
        if (label == model.labels.end() || *label != example.label) {
            return fail(ErrorCode::invalid_argument,
                        concat("item '", example.id, "' has the label '", example.label, "', which ", model.name,
                               " was never shown", suggestion(example.label, model.labels)));
        }
        judged.push_back({predict(model, example.text), static_cast<uint32_t>(label - model.labels.begin())});
    }
    return judged;
}

Status run_evaluate(const Options& options, const Console& console) {
    const Model model = CS_TRY(model_of(options));
    const std::vector<Item> items = CS_TRY(chosen_items(options, "--items"));
    const Truth truth = CS_TRY(truth_of(options));
    const std::vector<Example> examples = CS_TRY(with_labels(items, truth));
    if (examples.empty()) {
        return fail(ErrorCode::failed_precondition, "leaves no item to evaluate on", options.get("--items"));
    }
    const std::vector<Judged> judged = CS_TRY(judge(model, examples));
    const std::string report =
        training_report(model) + "\n" + evaluation_report(model, measure(judged, model.labels.size()));
    if (options.has("--report")) {
        CS_TRY(write_file(options.get("--report"), report));
    }
    console.out(report);
    return success();
}

}  // namespace

const Command kEvaluate = {
    "evaluate", "says how good a model is on texts that it was not trained on",
    "Prints accuracy, log loss, calibration error, a table by topic, the most frequent confusions, and\n"
    "how many texts reach a confidence of 0.5, 0.7, 0.8 and 0.9 with how many of them wrong.\n",
    kEvaluateOptions, run_evaluate};

}  // namespace countersign::demo
