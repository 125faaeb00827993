#include "demo/program/inputs.h"

#include "demo/classifier/model_file.h"
#include "demo/program/files.h"

namespace countersign::demo {

Result<std::vector<Item>> chosen_items(const Options& options, std::string_view name) {
    const std::string path = options.get(name);
    const std::string content = CS_TRY(read_file(path));
    std::vector<Item> items = CS_TRY(read_items(path, content));
    Selection selection;
    if (options.has("--only")) {
        const std::string ids = CS_TRY(read_file(options.get("--only")));
        selection.only = read_ids(ids);
    }
    if (options.has("--except")) {
        const std::string ids = CS_TRY(read_file(options.get("--except")));
        selection.except = read_ids(ids);
    }
    Result<std::vector<Item>> chosen = select(std::move(items), selection);
    return chosen.ok() ? std::move(chosen) : chosen.error().at(path);
}

Result<Truth> truth_of(const Options& options) {
    if (!options.has("--truth")) {
        return Truth();
    }
    const std::string path = options.get("--truth");
    const std::string content = CS_TRY(read_file(path));
    return read_truth(path, content);
}

Result<std::vector<Example>> training_examples(const Options& options) {
    const std::vector<Item> items = CS_TRY(chosen_items(options, "--examples"));
    const Truth truth = CS_TRY(truth_of(options));
    std::vector<Example> examples = CS_TRY(with_labels(items, truth));
    if (options.has("--index")) {
        const std::string path = options.get("--index");
        const std::string content = CS_TRY(read_file(path));
        const std::vector<Item> entries = CS_TRY(read_items(path, content));
        for (Example& entry : CS_TRY(with_labels(entries, {}))) {
            entry.reference = true;
            examples.push_back(std::move(entry));
        }
    }
    return examples;
}

Result<Model> model_of(const Options& options) {
    const std::string path = options.get("--model");
    const std::string content = CS_TRY(read_file(path));
    Result<Model> model = parse_model(content);
    return model.ok() ? std::move(model) : fail(model.error().code, model.error().text(), path);
}

}  // namespace countersign::demo
