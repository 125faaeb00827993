#include "core/json/fields.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/base/utf8.h"

namespace countersign {

namespace {

std::string shown(const Json& value) {
    return utf8::shortened(to_text(value), 40);
}

}  // namespace

std::string element_path(std::string_view path, size_t index) {
    return concat(path, '[', index, ']');
}

Result<Fields> Fields::of(const Json& json, std::string path) {
    if (json.object() == nullptr) {
        return fail(ErrorCode::invalid_argument, concat("must be an object, but is ", json.type_name()),
                    std::move(path));
    }
    return Fields(json, std::move(path));
}

std::string Fields::path_of(std::string_view name) const {
    return path_.empty() ? std::string(name) : concat(path_, '.', name);
}

Error Fields::error(std::string_view name, std::string message) const {
    return fail(ErrorCode::invalid_argument, std::move(message), path_of(name));
}

Error Fields::wrong_type(std::string_view name, const Json& value, std::string_view wanted) const {
    return error(name, concat("must be ", wanted, ", but is ", value.type_name(), " (", shown(value), ")"));
}

const Json* Fields::optional(std::string_view name) {
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
        known_.emplace_back(name);
    }
    return json_->find(name);
}

bool Fields::has(std::string_view name) {
    return optional(name) != nullptr;
}

Result<const Json*> Fields::required(std::string_view name) {
    const Json* value = optional(name);
    if (value == nullptr) {
        return error(name, "is missing");
    }
    return value;
}

Result<std::string> Fields::text(std::string_view name, TextRule rule) {
    const Json* value = CS_TRY(required(name));
    const std::string* words = value->string();
    if (words == nullptr) {
        return wrong_type(name, *value, "text");
    }
    if (words->size() < rule.min_bytes) {
        return error(
            name, rule.min_bytes == 1 ? "must not be empty" : concat("must have at least ", rule.min_bytes, " bytes"));
    }
    if (words->size() > rule.max_bytes) {
        return error(name, concat("has ", words->size(), " bytes; at most ", rule.max_bytes, " are allowed"));
    }
    return *words;
}

Result<std::string> Fields::text_or(std::string_view name, std::string_view otherwise, TextRule rule) {
    return has(name) ? text(name, rule) : Result<std::string>(std::string(otherwise));
}

Result<int64_t> Fields::integer(std::string_view name, IntegerRule rule) {
    const Json* value = CS_TRY(required(name));
    const int64_t* number = value->integer();
    if (number == nullptr) {
        return wrong_type(name, *value, "a whole number");
    }
    if (*number < rule.min || *number > rule.max) {
        return error(name, concat("is ", *number, "; allowed is ", rule.min, " to ", rule.max));
    }
    return *number;
}

Result<int64_t> Fields::integer_or(std::string_view name, int64_t otherwise, IntegerRule rule) {
    return has(name) ? integer(name, rule) : Result<int64_t>(otherwise);
}

Result<bool> Fields::boolean_or(std::string_view name, bool otherwise) {
    const Json* value = optional(name);
    if (value == nullptr) {
        return otherwise;
    }
    const bool* flag = value->boolean();
    return flag == nullptr ? Result<bool>(wrong_type(name, *value, "true or false")) : *flag;
}

Result<Ppm> Fields::ppm(std::string_view name) {
    const Json* value = CS_TRY(required(name));
    std::string decimal;
    if (const int64_t* whole = value->integer()) {
        decimal = std::to_string(*whole);
    } else if (const JsonNumber* number = value->number()) {
        decimal = number->text;
    } else {
        return wrong_type(name, *value, "a number from 0 to 1");
    }
    auto parsed = parse_ppm(decimal);
    return parsed.ok() ? parsed : Result<Ppm>(error(name, parsed.error().message));
}

Result<size_t> Fields::choice(std::string_view name, std::span<const std::string> allowed) {
    const std::string chosen = CS_TRY(text(name));
    const auto found = std::find(allowed.begin(), allowed.end(), chosen);
    if (found == allowed.end()) {
        std::string all;
        for (const std::string& one : allowed) {
            all += concat(all.empty() ? "" : ", ", one);
        }
        const std::string near = nearest_name(chosen, allowed);
        const std::string hint = near.empty() ? "" : concat("; did you mean '", near, "'?");
        return error(name, concat("'", utf8::shortened(chosen, 40), "' is not one of ", all, hint));
    }
    return static_cast<size_t>(found - allowed.begin());
}

Result<size_t> Fields::choice_or(std::string_view name, std::span<const std::string> allowed, size_t otherwise) {
    return has(name) ? choice(name, allowed) : Result<size_t>(otherwise);
}

Result<const JsonArray*> Fields::list(std::string_view name, size_t max_members) {
    const Json* value = CS_TRY(required(name));
    const JsonArray* list = value->array();
    if (list == nullptr) {
        return wrong_type(name, *value, "a list");
    }
    if (list->size() > max_members) {
        return error(name, concat("has ", list->size(), " members; at most ", max_members, " are allowed"));
    }
    return list;
}

Result<const JsonArray*> Fields::optional_list(std::string_view name, size_t max_members) {
    return has(name) ? list(name, max_members) : Result<const JsonArray*>(nullptr);
}

Result<const Json*> Fields::object(std::string_view name) {
    const Json* value = CS_TRY(required(name));
    return value->object() == nullptr ? Result<const Json*>(wrong_type(name, *value, "an object")) : value;
}

Result<std::vector<std::string>> Fields::text_list(std::string_view name, size_t max_members) {
    std::vector<std::string> out;
    const JsonArray* members = CS_TRY(optional_list(name, max_members));
    if (members == nullptr) {
        return out;
    }
    for (size_t i = 0; i < members->size(); ++i) {
        const std::string* words = (*members)[i].string();
        if (words == nullptr) {
            return wrong_type(element_path(name, i), (*members)[i], "text");
        }
        out.push_back(*words);
    }
    return out;
}

Status Fields::done() const {
    for (const JsonMember& member : *json_->object()) {
        if (std::find(known_.begin(), known_.end(), member.first) == known_.end()) {
            const std::string name = utf8::shortened(member.first, 40);
            return fail(ErrorCode::invalid_argument, concat("no such field", suggestion(name, known_)), path_of(name));
        }
    }
    return success();
}

}  // namespace countersign
