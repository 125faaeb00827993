#include "core/rules/type.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/concat.h"

namespace countersign::rules {

namespace {

struct Named {
    std::string_view name;
    Kind kind;
    size_t arguments;
};

constexpr std::array<Named, 15> kNames = {{
    {"dyn", Kind::dyn, 0},
    {"null", Kind::null_type, 0},
    {"bool", Kind::boolean, 0},
    {"int", Kind::int64, 0},
    {"uint", Kind::uint64, 0},
    {"double", Kind::float64, 0},
    {"string", Kind::string, 0},
    {"bytes", Kind::bytes, 0},
    {"timestamp", Kind::timestamp, 0},
    {"duration", Kind::duration, 0},
    {"list", Kind::list, 1},
    {"map", Kind::map, 2},
    {"optional", Kind::optional, 1},
    {"type", Kind::type, 0},
    {"record", Kind::record, 0},
}};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    return text;
}

// "A, map(B, C)" into its parts at the outer commas.
std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> parts;
    size_t depth = 0;
    size_t begin = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : 0;
        depth -= text[i] == ')' ? 1 : 0;
        if (text[i] == ',' && depth == 0) {
            parts.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    parts.push_back(text.substr(begin));
    return parts;
}

}  // namespace

std::string Type::text() const {
    if (kind == Kind::record && record != nullptr) {
        return record->name;
    }
    if (kind == Kind::param) {
        return std::string(1, static_cast<char>('A' + param % 26));
    }
    if (arguments.empty() || kind == Kind::type) {
        return std::string(kind_name(kind));
    }
    std::string out = concat(kind_name(kind), "(", arguments[0].text());
    for (size_t i = 1; i < arguments.size(); ++i) {
        out += concat(", ", arguments[i].text());
    }
    return out + ")";
}

std::optional<size_t> RecordType::index_of(std::string_view field) const {
    const auto at = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == field; });
    return at == fields.end() ? std::nullopt : std::optional<size_t>(at - fields.begin());
}

std::vector<std::string> RecordType::field_names() const {
    std::vector<std::string> names;
    names.reserve(fields.size());
    for (const Field& field : fields) {
        names.push_back(field.name);
    }
    return names;
}

namespace types {

Type list(Type element) {
    return Type{Kind::list, 0, {std::move(element)}, nullptr};
}

Type map(Type key, Type value) {
    return Type{Kind::map, 0, {std::move(key), std::move(value)}, nullptr};
}

Type optional(Type inner) {
    return Type{Kind::optional, 0, {std::move(inner)}, nullptr};
}

Type type(Type named) {
    return Type{Kind::type, 0, {std::move(named)}, nullptr};
}

Type record(std::shared_ptr<const RecordType> type) {
    return Type{Kind::record, 0, {}, std::move(type)};
}

}  // namespace types

std::optional<Type> parse_type(std::string_view written) {
    const std::string_view text = trimmed(written);
    if (text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z') {
        return types::param(static_cast<uint32_t>(text[0] - 'A'));
    }
    const size_t open = text.find('(');
    const auto named =
        std::find_if(kNames.begin(), kNames.end(), [&](const Named& n) { return n.name == text.substr(0, open); });
    if (named == kNames.end() || (named->arguments == 0) != (open == std::string_view::npos)) {
        return std::nullopt;
    }
    Type out = types::of(named->kind);
    if (named->arguments == 0) {
        return out;
    }
    if (text.back() != ')') {
        return std::nullopt;
    }
    for (const std::string_view part : parts_of(text.substr(open + 1, text.size() - open - 2))) {
        std::optional<Type> argument = parse_type(part);
        if (!argument) {
            return std::nullopt;
        }
        out.arguments.push_back(*std::move(argument));
    }
    return out.arguments.size() == named->arguments ? std::optional<Type>(std::move(out)) : std::nullopt;
}

std::string_view kind_name(Kind kind) {
    if (kind == Kind::unset) {
        return "nothing";
    }
    const auto named = std::find_if(kNames.begin(), kNames.end(), [&](const Named& n) { return n.kind == kind; });
    return named == kNames.end() ? "internal value" : named->name;
}

std::string_view type_name(const Value& value) {
    switch (value.kind()) {
        case Kind::null_type: return "null_type";
        case Kind::timestamp: return "google.protobuf.Timestamp";
        case Kind::duration: return "google.protobuf.Duration";
        case Kind::optional: return "optional_type";
        case Kind::record: return value.as_record()->type->name;
        default: return kind_name(value.kind());
    }
}

}  // namespace countersign::rules
