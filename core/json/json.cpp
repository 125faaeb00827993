#include "core/json/json.h"

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

}  // namespace countersign
