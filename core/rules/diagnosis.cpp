#include "core/rules/diagnosis.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/base/utf8.h"
#include "core/rules/habits.h"

namespace countersign::rules {

namespace {

// The fields of that name in the declared records: "prediction.confidence".
std::vector<std::string> paths_ending_in(std::string_view name, const Environment& environment) {
    std::vector<std::string> paths;
    for (const Slot& slot : environment.slots()) {
        const size_t dot = slot.path.rfind('.');
        if (dot != std::string::npos && std::string_view(slot.path).substr(dot + 1) == name) {
            paths.push_back(slot.path);
        }
    }
    return paths;
}

std::vector<std::string> function_names(bool method) {
    std::vector<std::string> names;
    for (const Overload& overload : all_overloads()) {
        if (overload.method == method && (names.empty() || names.back() != overload.name)) {
            names.push_back(overload.name);
        }
    }
    for (const std::string_view macro : {"all", "exists", "exists_one", "map", "filter"}) {
        if (method) {
            names.emplace_back(macro);
        }
    }
    return names;
}

std::string shown_call(std::string_view name, bool method, std::span<const Type> arguments) {
    std::string out;
    if (method && !arguments.empty()) {
        out = concat(arguments[0].text(), ".");
        arguments = arguments.subspan(1);
    }
    out += concat(name, "(");
    for (size_t i = 0; i < arguments.size(); ++i) {
        out += concat(i == 0 ? "" : ", ", arguments[i].text());
    }
    return out + ")";
}

}  // namespace

std::string unknown_name(std::string_view name, const Environment& environment, std::span<const std::string> locals) {
    const std::string start = concat("unknown name '", utf8::shortened(name, 60), "'");
    if (const std::string advice = foreign_name_advice(name); !advice.empty()) {
        return start + advice;
    }
    if (const std::vector<std::string> paths = paths_ending_in(name, environment); !paths.empty()) {
        return concat(start, "; did you mean '", paths.front(), "'?");
    }
    std::vector<std::string> known(locals.begin(), locals.end());
    for (const Variable& variable : environment.variables()) {
        known.push_back(variable.field.name);
    }
    const std::string near = nearest_name(name, known);
    const std::string quotes =
        near.empty() ? concat("; a text stands in quotation marks: '", utf8::shortened(name, 60), "'") : "";
    return concat(start, suggestion(name, known), quotes);
}

std::string unknown_field(std::string_view field, const Type& type) {
    const std::string advice = foreign_name_advice(field);
    if (type.kind != Kind::record) {
        return concat("no such field '", utf8::shortened(field, 60), "': ", type.text(), " has no fields", advice);
    }
    const std::vector<std::string> known = type.record->field_names();
    return concat("no such field '", utf8::shortened(field, 60), "' in ", type.record->name, suggestion(field, known));
}

std::string unknown_function(std::string_view name, bool method) {
    const std::string start = concat("unknown function '", utf8::shortened(name, 60), "'");
    if (const std::string advice = foreign_name_advice(name); !advice.empty()) {
        return start + advice;
    }
    if (const size_t dot = name.rfind('.'); dot != std::string_view::npos) {
        std::vector<std::string> siblings;
        for (const std::string& sibling : function_names(false)) {
            if (sibling.starts_with(name.substr(0, dot + 1))) {
                siblings.push_back(sibling);
            }
        }
        return start + suggestion(name, siblings);
    }
    const std::vector<std::string> same = function_names(method);
    const std::vector<std::string> other = function_names(!method);
    if (std::find(other.begin(), other.end(), name) != other.end()) {
        return method ? concat(start, " on a value; write ", name, "(x)")
                      : concat(start, "; it is called on a value: x.", name, "(...)");
    }
    return start + suggestion(name, same);
}

bool is_namespace(std::string_view space) {
    const std::string start = concat(space, ".");
    const std::span<const Overload> all = all_overloads();
    return std::any_of(all.begin(), all.end(),
                       [&](const Overload& o) { return !o.method && o.name.starts_with(start); });
}

std::string no_such_form(std::string_view name, bool method, std::span<const Type> arguments,
                         std::span<const Overload> overloads) {
    constexpr size_t kForms = 6;
    std::string out = concat("'", shown_call(name, method, arguments), "' fits no form of ", name, "(); allowed: ");
    for (size_t i = 0; i < std::min(overloads.size(), kForms); ++i) {
        const std::string_view signature = overloads[i].signature;
        out += concat(i == 0 ? "" : ", ", signature.substr(0, signature.find(" -> ")));
    }
    return out + (overloads.size() > kForms ? " and others" : "");
}

std::string never_holds(std::string_view shown_field, std::string_view text, std::span<const std::string> choices) {
    return concat(shown_field, " is never '", utf8::shortened(text, 60), "'", suggestion(text, choices));
}

}  // namespace countersign::rules
