#include "core/json/json.h"

#include <algorithm>

#include "core/json/writer.h"

namespace countersign {

const Json* Json::find(std::string_view name) const {
    const JsonObject* members = object();
    if (members == nullptr) {
        return nullptr;
    }
    for (const JsonMember& member : *members) {
        if (member.first == name) {
            return &member.second;
        }
    }
    return nullptr;
}

const Json* Json::at_path(std::string_view path) const {
    const Json* at = this;
    while (at != nullptr && !path.empty()) {
        const size_t dot = path.find('.');
        at = at->find(path.substr(0, dot));
        path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    }
    return at;
}

std::string Json::text_of(std::string_view name) const {
    const Json* value = find(name);
    return value != nullptr && value->string() != nullptr ? *value->string() : std::string();
}

std::string_view Json::type_name() const {
    static constexpr std::string_view kNames[] = {"null", "true or false", "a whole number", "a number",
                                                  "text", "a list",        "an object"};
    return kNames[value_.index()];
}

std::string to_text(const Json& value) {
    JsonWriter writer;
    writer.value(value);
    return std::move(writer).take();
}

namespace {

bool has_canonical_parts(const Json& value) {
    if (value.number() != nullptr) {
        return false;
    }
    if (const JsonArray* list = value.array()) {
        return std::all_of(list->begin(), list->end(), has_canonical_parts);
    }
    const JsonObject* object = value.object();
    if (object == nullptr) {
        return true;
    }
    const auto out_of_order = std::adjacent_find(
        object->begin(), object->end(), [](const JsonMember& a, const JsonMember& b) { return a.first >= b.first; });
    return out_of_order == object->end() &&
           std::all_of(object->begin(), object->end(),
                       [](const JsonMember& member) { return has_canonical_parts(member.second); });
}

}  // namespace

bool is_canonical(const Json& value, std::string_view text) {
    return has_canonical_parts(value) && to_text(value) == text;
}

}  // namespace countersign
