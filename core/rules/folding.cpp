#include "core/rules/folding.h"

#include <algorithm>
#include <vector>

#include "core/rules/compare.h"
#include "core/rules/source.h"

namespace countersign::rules {

namespace {

using Folded = Result<std::optional<Value>>;

const std::optional<Value> kUnknown = std::nullopt;

bool any_optional(const Node& node) {
    return std::find(node.optional_children.begin(), node.optional_children.end(), true) !=
           node.optional_children.end();
}

}  // namespace

Folded Folding::value(NodeId id) {
    const Node& node = ast_[id];
    switch (node.kind) {
        case NodeKind::constant: return std::optional<Value>(copy_value(node.constant, arena_));
        case NodeKind::list: return list(node);
        case NodeKind::map: return map(node);
        case NodeKind::call: return call(id, node);
        case NodeKind::name:
        case NodeKind::select: {
            const Reference& reference = checked_.references[id];
            return reference.meaning == Meaning::type_name ? std::optional<Value>(Value::type(reference.name))
                                                           : kUnknown;
        }
        default: return kUnknown;
    }
}

Folded Folding::list(const Node& node) {
    if (any_optional(node)) {
        return kUnknown;
    }
    std::vector<Value> values;
    for (const NodeId child : node.children) {
        const std::optional<Value> element = CS_TRY(value(child));
        if (!element) {
            return kUnknown;
        }
        values.push_back(*element);
    }
    Value* kept = arena_.values(values.size());
    std::copy(values.begin(), values.end(), kept);
    return std::optional<Value>(Value::list({kept, values.size()}));
}

Folded Folding::map(const Node& node) {
    if (any_optional(node)) {
        return kUnknown;
    }
    std::vector<MapEntry> entries;
    for (size_t i = 0; i < node.children.size(); i += 2) {
        const std::optional<Value> key = CS_TRY(value(node.children[i]));
        const std::optional<Value> mapped = CS_TRY(value(node.children[i + 1]));
        if (!key || !mapped || !is_key(*key)) {
            return kUnknown;
        }
        entries.push_back({*key, *mapped});
    }
    MapEntry* kept = arena_.entries(entries.size());
    std::copy(entries.begin(), entries.end(), kept);
    const std::span<MapEntry> all(kept, entries.size());
    if (sort_entries(all, nullptr) == nullptr) {
        return kUnknown;  // a key stands twice: an error of the evaluation
    }
    return std::optional<Value>(Value::map(all));
}

Folded Folding::call(NodeId id, const Node& node) {
    const Reference& reference = checked_.references[id];
    if (reference.meaning != Meaning::overload) {
        return kUnknown;
    }
    std::vector<Value> arguments;
    for (size_t i = reference.qualified ? 1 : 0; i < node.children.size(); ++i) {
        const std::optional<Value> argument = CS_TRY(value(node.children[i]));
        if (!argument) {
            return kUnknown;
        }
        arguments.push_back(*argument);
    }
    const Overload& overload = reference.overloads[reference.index];
    if (!overload.takes(arguments)) {
        return kUnknown;
    }
    const Limits limits;
    Call running(arena_, limits);
    Value result;
    if (overload.function(running, arguments, result)) {
        return std::optional<Value>(result);
    }
    if (options_.refuse_failures && !running.failure().final) {
        return error_at(ast_.source, node.offset, running.failure().message());
    }
    return kUnknown;
}

}  // namespace countersign::rules
