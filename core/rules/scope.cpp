#include "core/rules/scope.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/concat.h"

namespace countersign::rules {

namespace {

struct TypeName {
    std::string_view name;
    Kind kind;
};

constexpr std::array<TypeName, 13> kTypeNames = {{{"bool", Kind::boolean},
                                                  {"int", Kind::int64},
                                                  {"uint", Kind::uint64},
                                                  {"double", Kind::float64},
                                                  {"string", Kind::string},
                                                  {"bytes", Kind::bytes},
                                                  {"list", Kind::list},
                                                  {"map", Kind::map},
                                                  {"null_type", Kind::null_type},
                                                  {"type", Kind::type},
                                                  {"optional_type", Kind::optional},
                                                  {"google.protobuf.Timestamp", Kind::timestamp},
                                                  {"google.protobuf.Duration", Kind::duration}}};

}  // namespace

uint32_t Scope::open(std::string name, Type type) {
    locals_.push_back({std::move(name), next_, std::move(type)});
    return next_++;
}

const Local* Scope::local(std::string_view name) const {
    const auto found = std::find_if(locals_.rbegin(), locals_.rend(), [&](const Local& l) { return l.name == name; });
    return found == locals_.rend() ? nullptr : &*found;
}

std::vector<std::string> Scope::local_names() const {
    std::vector<std::string> names;
    names.reserve(locals_.size());
    for (const Local& l : locals_) {
        names.push_back(l.name);
    }
    return names;
}

std::optional<Resolved> Scope::declared(std::string_view name, bool rooted) const {
    std::string container = rooted ? std::string() : environment_.container();
    for (;;) {
        const std::string candidate = container.empty() ? std::string(name) : concat(container, ".", name);
        if (const Variable* variable = environment_.find(candidate)) {
            Resolved out{{}, variable->field.type};
            const bool record = variable->field.type.kind == Kind::record;
            const auto index = static_cast<uint32_t>(variable - environment_.variables().data());
            out.reference.meaning = record ? Meaning::record : Meaning::slot;
            out.reference.index = record ? index : variable->slot;
            out.reference.field = &variable->field;
            return out;
        }
        if (container.empty()) {
            break;
        }
        const size_t dot = container.rfind('.');
        container.resize(dot == std::string::npos ? 0 : dot);
    }
    const auto type =
        std::find_if(kTypeNames.begin(), kTypeNames.end(), [&](const TypeName& t) { return t.name == name; });
    if (type == kTypeNames.end()) {
        return std::nullopt;
    }
    Resolved out{{}, types::type(types::of(type->kind))};
    out.reference.meaning = Meaning::type_name;
    out.reference.name = type->name;
    return out;
}

}  // namespace countersign::rules
