#include "core/rules/watch.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/rules/text.h"

namespace countersign::rules {

namespace {

bool is_plain(std::string_view name) {
    const auto letter = [](char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto rest = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
    return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), rest);
}

std::string member(const std::string& whole, std::string_view name) {
    return is_plain(name) ? concat(whole, ".", name) : concat(whole, "[", shown(Value::string(name)), "]");
}

std::string element(const std::string& whole, const Value& key) {
    return key.is(Kind::string) ? member(whole, key.as_text()) : concat(whole, "[", shown(key), "]");
}

}  // namespace

std::string PathWatch::path(Operand operand) const {
    const size_t index = operand & kIndexMask;
    switch (operand >> kSpaceShift) {
        case kSlot >> kSpaceShift: return code_.environment.slots()[index].path;
        case kFrame >> kSpaceShift: return paths_[index];
        default: return {};
    }
}

void PathWatch::note(std::string path, std::string shown_value) {
    const auto same = [&](const Reading& r) { return r.path == path; };
    if (!path.empty() && std::none_of(readings_.begin(), readings_.end(), same)) {
        readings_.push_back({std::move(path), std::move(shown_value)});
    }
}

void PathWatch::used(Operand operand, const Value& value) {
    std::string seen = path(operand);
    if (seen.empty()) {
        return;
    }
    const bool optional = value.is(Kind::optional);
    const Value inside = optional && value.as_optional() != nullptr ? *value.as_optional() : Value();
    note(std::move(seen), shown(optional ? inside : value));
}

void PathWatch::reached(uint16_t dst, Operand from, const Value& key) {
    const std::string whole = path(from);
    paths_[dst] = whole.empty() ? "" : element(whole, key);
}

void PathWatch::missed(Operand from, const Value& key) {
    if (const std::string whole = path(from); !whole.empty()) {
        note(element(whole, key), shown(Value()));
    }
}

void PathWatch::measured(Operand from, const Value& count) {
    if (const std::string whole = path(from); !whole.empty()) {
        note(concat("size(", whole, ")"), shown(count));
    }
}

void PathWatch::reached_field(uint16_t dst, Operand from, std::string_view name) {
    const std::string whole = path(from);
    paths_[dst] = whole.empty() ? "" : member(whole, name);
}

void PathWatch::asked(Operand from, std::string_view name, const Value& outcome) {
    const std::string whole = path(from);
    if (whole.empty()) {
        return;
    }
    const std::string asked_for = member(whole, name);
    if (outcome.is(Kind::unset)) {
        note(asked_for, shown(outcome));
    } else {
        note(concat("has(", asked_for, ")"), shown(outcome));
    }
}

}  // namespace countersign::rules
