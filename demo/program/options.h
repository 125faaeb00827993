#pragma once
// "--name VALUE" options of one subcommand: what there are, how they are read, how --help shows them.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace countersign::demo {

struct OptionSpec {
    std::string_view name;   // "--out"
    std::string_view value;  // "FILE"
    std::string_view help;
    bool required = false;
};

class Options {
public:
    // Empty when it was not given.
    std::string get(std::string_view name) const;
    bool has(std::string_view name) const;

private:
    friend Result<Options> parse_options(std::span<const OptionSpec>, std::span<const std::string>);
    std::map<std::string, std::string, std::less<>> values_;
};

// `args` without the program's and the subcommand's name. Errors: invalid_argument for an unknown, repeated, missing or
// empty option.
Result<Options> parse_options(std::span<const OptionSpec> specs, std::span<const std::string> args);

// Lines of the form "  --out FILE        where the model goes (required)".
std::string help_of(std::span<const OptionSpec> specs);

}  // namespace countersign::demo
