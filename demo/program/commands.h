#pragma once
// The subcommands. Each reads its options, does its work, writes its files and prints what a person wants to know.

#include "core/base/result.h"
#include "demo/program/options.h"
#include "demo/program/program.h"

namespace countersign::demo {

struct Command {
    std::string_view name;
    std::string_view summary;  // one line
    std::string_view details;  // for its --help
    std::span<const OptionSpec> options;
    Status (*run)(const Options&, const Console&);
};

extern const Command kTrain;
extern const Command kRetrain;
extern const Command kPredict;
extern const Command kEvaluate;

}  // namespace countersign::demo
