#include "native/cli/policy_texts.h"

#include "core/base/concat.h"
#include "native/cli/console.h"

namespace countersign::native {

namespace {

std::string count_of(const Json& move) {
    return grouped(static_cast<uint64_t>(*move.find("items")->integer()));
}

std::string examples_of(const Json& move) {
    const Json* examples = move.find("examples");
    std::string out;
    for (const Json& item : examples == nullptr ? JsonArray{} : *examples->array()) {
        out += concat(out.empty() ? ": " : ", ", *item.string());
    }
    const bool more =
        examples != nullptr && static_cast<uint64_t>(*move.find("items")->integer()) > examples->array()->size();
    return more ? out + ", ..." : out;
}

}  // namespace

void print_changes(const JsonArray& changes) {
    for (const Json& change : changes) {
        print(concat("  ", change.text_of("words")));
    }
    if (changes.empty()) {
        print("  nothing differs in what they say");
    }
}

void print_replay(const Json& replay) {
    print(replay.text_of("words"));
    for (const Json& move : *replay.find("tiers")->array()) {
        print(concat("  ", move.text_of("from"), " to ", move.text_of("to"), ", ", count_of(move), examples_of(move)));
    }
    for (const Json& move : *replay.find("routes")->array()) {
        print(concat("  route ", move.text_of("from"), " to ", move.text_of("to"), ", ", count_of(move)));
    }
}

}  // namespace countersign::native
