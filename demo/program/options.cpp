#include "demo/program/options.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"

namespace countersign::demo {

std::string Options::get(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::string() : found->second;
}

bool Options::has(std::string_view name) const {
    return values_.find(name) != values_.end();
}

Result<Options> parse_options(std::span<const OptionSpec> specs, std::span<const std::string> args) {
    Options options;
    std::vector<std::string> known;
    for (const OptionSpec& spec : specs) {
        known.emplace_back(spec.name);
    }
    for (size_t i = 0; i < args.size(); i += 2) {
        const std::string& name = args[i];
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            return fail(ErrorCode::invalid_argument, concat("no such option", suggestion(name, known)), name);
        }
        if (i + 1 == args.size() || args[i + 1].empty()) {
            return fail(ErrorCode::invalid_argument, "needs a value after it", name);
        }
        if (!options.values_.emplace(name, args[i + 1]).second) {
            return fail(ErrorCode::invalid_argument, "was given twice", name);
        }
    }
    for (const OptionSpec& spec : specs) {
        if (spec.required && !options.has(spec.name)) {
            return fail(ErrorCode::invalid_argument, concat("is missing; add ", spec.name, " ", spec.value),
                        std::string(spec.name));
        }
    }
    return options;
}

std::string help_of(std::span<const OptionSpec> specs) {
    static constexpr size_t kColumn = 22;
    std::string text;
    for (const OptionSpec& spec : specs) {
        std::string line = concat("  ", spec.name, " ", spec.value);
        line.resize(std::max(kColumn, line.size() + 2), ' ');
        text += concat(line, spec.help, spec.required ? " (required)\n" : "\n");
    }
    return text;
}

}  // namespace countersign::demo
