// What the core language asks of texts: contains, startsWith, endsWith, matches.

#include <re2/re2.h>

#include "core/rules/bytes.h"
#include "core/rules/library.h"
#include "core/rules/patterns.h"

namespace countersign::rules {

namespace {

using Arguments = std::span<const Value>;

bool contains(Call& call, Arguments a, Value& out) {
    const std::string_view text = a[0].as_text();
    const std::string_view part = a[1].as_text();
    // The search may have to look at every pair of places: charged as if it did, in steps of sixteen bytes.
    if (!call.spend((text.size() / 16) * (1 + part.size() / 16))) {
        return false;
    }
    out = Value::boolean(holds_text(text, part));
    return true;
}

bool starts_with(Call&, Arguments a, Value& out) {
    out = Value::boolean(begins_with(a[0].as_text(), a[1].as_text()));
    return true;
}

bool ends_with(Call&, Arguments a, Value& out) {
    out = Value::boolean(finishes_with(a[0].as_text(), a[1].as_text()));
    return true;
}

// For a pattern that is known only now; a pattern that stands in the expression is compiled with it.
bool matches(Call& call, Arguments a, Value& out) {
    if (!call.spend(kPattern_cost + a[0].raw_size() / 16 + a[1].raw_size())) {
        return false;
    }
    const std::unique_ptr<RE2> pattern = compile_pattern(a[1].as_text());
    if (!pattern->ok()) {
        return call.fail("{} is no regular expression (RE2)", a[1]);
    }
    out = Value::boolean(pattern_matches(*pattern, a[0].as_text()));
    return true;
}

constexpr Entry kEntries[] = {
    {"string.contains(string) -> bool", contains, false},  {"string.startsWith(string) -> bool", starts_with, false},
    {"string.endsWith(string) -> bool", ends_with, false}, {"string.matches(string) -> bool", matches},
    {"matches(string, string) -> bool", matches},
};

}  // namespace

std::span<const Entry> text_functions() {
    return kEntries;
}

}  // namespace countersign::rules
