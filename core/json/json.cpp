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
