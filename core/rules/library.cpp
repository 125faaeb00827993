#include "core/rules/library.h"

#include <algorithm>
#include <tuple>

#include "core/base/check.h"

namespace countersign::rules {

namespace {

Type type_of(std::string_view text) {
    const std::optional<Type> type = parse_type(text);
    CS_CHECK(type.has_value());
    return *type;
}

std::vector<Type> types_of(std::string_view list) {
    if (list.empty()) {
        return {};
    }
    // The parts of "a, map(b, c)" are the arguments of a type that has that many.
    std::vector<Type> out;
    size_t depth = 0;
    size_t begin = 0;
    for (size_t i = 0; i <= list.size(); ++i) {
        const char c = i < list.size() ? list[i] : ',';
        depth += c == '(' ? 1 : 0;
        depth -= c == ')' ? 1 : 0;
        if (c == ',' && depth == 0) {
            out.push_back(type_of(list.substr(begin, i - begin)));
            begin = i + 1;
        }
    }
    return out;
}

Overload overload_of(const Entry& entry) {
    const std::string_view signature = entry.signature;
    const size_t arrow = signature.find(" -> ");
    CS_CHECK(arrow != std::string_view::npos && signature[arrow - 1] == ')');
    // The parenthesis that opens the arguments.
    size_t open = arrow - 1;
    for (size_t depth = 1; depth > 0;) {
        --open;
        depth += signature[open] == ')' ? 1 : 0;
        depth -= signature[open] == '(' ? 1 : 0;
    }
    Overload out;
    out.signature = signature;
    out.function = entry.function;
    out.may_fail = entry.may_fail;
    out.result = type_of(signature.substr(arrow + 4));
    const std::string_view arguments = signature.substr(open + 1, arrow - open - 2);
    out.variadic = arguments == "number, ...";
    if (!out.variadic) {
        out.arguments = types_of(arguments);
    }
    const std::string_view head = signature.substr(0, open);
    const size_t dot = head.rfind('.');
    const std::optional<Type> receiver = dot == std::string_view::npos ? std::nullopt : parse_type(head.substr(0, dot));
    out.method = receiver.has_value();
    out.name = out.method ? head.substr(dot + 1) : head;
    if (out.method) {
        out.arguments.insert(out.arguments.begin(), *receiver);
    }
    CS_CHECK(out.arguments.size() <= out.kinds.size());
    for (size_t i = 0; i < out.arguments.size(); ++i) {
        const Kind kind = out.arguments[i].kind;
        out.kinds[i] = kind == Kind::param ? Kind::dyn : kind;
    }
    return out;
}

auto place(const Overload& overload) {
    return std::tuple<std::string_view, bool>(overload.name, overload.method);
}

std::vector<Overload> collect() {
    std::vector<Overload> all;
    for (const std::span<const Entry> table :
         {conversion_functions(), text_functions(), time_functions(), string_extension(), format_extension(),
          math_extension(), encoder_extension(), optional_extension()}) {
        for (const Entry& entry : table) {
            all.push_back(overload_of(entry));
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Overload& a, const Overload& b) { return place(a) < place(b); });
    return all;
}

}  // namespace

std::span<const Overload> all_overloads() {
    static const std::vector<Overload> kAll = collect();
    return kAll;
}

std::span<const Overload> overloads_of(std::string_view name, bool method) {
    const std::span<const Overload> all = all_overloads();
    const auto key = std::tuple<std::string_view, bool>(name, method);
    const auto first = std::partition_point(all.begin(), all.end(), [&](const Overload& o) { return place(o) < key; });
    const auto last = std::partition_point(first, all.end(), [&](const Overload& o) { return place(o) == key; });
    return {first, last};
}

}  // namespace countersign::rules
