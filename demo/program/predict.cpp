#include "core/base/concat.h"
#include "demo/data/prediction_line.h"
#include "demo/program/commands.h"
#include "demo/program/files.h"
#include "demo/program/inputs.h"

namespace countersign::demo {

namespace {

constexpr OptionSpec kPredictOptions[] = {
    {"--model", "FILE", "the model, as train wrote it", true},
    {"--items", "FILE", "texts: {\"id\",\"input\":{\"text\"},\"metadata\":{...}} a line", true},
    {"--only", "FILE", "use only the items with these ids, one a line", false},
    {"--except", "FILE", "leave out the items with these ids", false},
    {"--out", "FILE", "where the predictions go: JSON Lines, ready for countersign import", true},
};

Status run_predict(const Options& options, const Console& console) {
    const Model model = CS_TRY(model_of(options));
    const std::vector<Item> items = CS_TRY(chosen_items(options, "--items"));
    std::string lines;
    for (const Item& item : items) {
        lines += prediction_line(model, item) + "\n";
    }
    CS_TRY(write_file(options.get("--out"), lines));
    console.out(concat(model.name, ": ", items.size(), " predictions\n"));
    return success();
}

}  // namespace

const Command kPredict = {
    "predict", "writes a model's predictions in Countersign's ingest form",
    "Each line is the item as it came, with the likeliest label, its probability as confidence, and\n"
    "the five best scores.\n",
    kPredictOptions, run_predict};

}  // namespace countersign::demo
