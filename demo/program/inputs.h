#pragma once
// What several subcommands read in the same way.

#include <string>
#include <vector>

#include "core/base/result.h"
#include "demo/classifier/model.h"
#include "demo/data/items.h"
#include "demo/program/options.h"

namespace countersign::demo {

// The items of the file that option `name` gives, narrowed by --only and --except.
Result<std::vector<Item>> chosen_items(const Options& options, std::string_view name);

// --truth, or nothing known when it was not given.
Result<Truth> truth_of(const Options& options);

// --examples with --truth, narrowed, and --index behind them, marked as references.
Result<std::vector<Example>> training_examples(const Options& options);

// --model.
Result<Model> model_of(const Options& options);

}  // namespace countersign::demo
