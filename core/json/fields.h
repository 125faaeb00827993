#pragma once
// Reads a JSON object field by field, with errors that name the path, the value and what is allowed.
//
// Use:   Fields fields(json, "routes[2]");
//        route.name = CS_TRY(fields.text("name", {.max_bytes = 80}));
//        route.due = CS_TRY(fields.optional_text("due"));
//        CS_TRY(fields.done());                    // complains about a field nobody asked for, with a suggestion
// Contract: the Json outlives the Fields. Every name that is asked for counts as known for done()'s suggestions.
// Errors: invalid_argument with field = the full path.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ppm.h"
#include "core/base/result.h"
#include "core/json/json.h"

namespace countersign {

struct TextRule {
    size_t min_bytes = 1;
    size_t max_bytes = 10'000;
};

struct IntegerRule {
    int64_t min = INT64_MIN;
    int64_t max = INT64_MAX;
};

class Fields {
public:
    // Fails at once when `json` is no object.
    static Result<Fields> of(const Json& json, std::string path);

    bool has(std::string_view name);

    Result<std::string> text(std::string_view name, TextRule rule = {});
    Result<std::string> text_or(std::string_view name, std::string_view otherwise, TextRule rule = {});
    Result<int64_t> integer(std::string_view name, IntegerRule rule = {});
    Result<int64_t> integer_or(std::string_view name, int64_t otherwise, IntegerRule rule = {});
    Result<bool> boolean_or(std::string_view name, bool otherwise);
    Result<Ppm> ppm(std::string_view name);
    // The value when it is one of `allowed`; its index in that list.
    Result<size_t> choice(std::string_view name, std::span<const std::string> allowed);
    Result<size_t> choice_or(std::string_view name, std::span<const std::string> allowed, size_t otherwise);

    // nullptr when absent (and `required` false).
    Result<const JsonArray*> list(std::string_view name, size_t max_members);
    Result<const JsonArray*> optional_list(std::string_view name, size_t max_members);
    Result<const Json*> object(std::string_view name);
    const Json* optional(std::string_view name);
    Result<std::vector<std::string>> text_list(std::string_view name, size_t max_members);

    Status done() const;

    // "routes[2]" + "when" = "routes[2].when"
    std::string path_of(std::string_view name) const;

    const std::string& path() const { return path_; }

    Error error(std::string_view name, std::string message) const;

private:
    Fields(const Json& json, std::string path) : json_(&json), path_(std::move(path)) {}

    Result<const Json*> required(std::string_view name);
    Error wrong_type(std::string_view name, const Json& value, std::string_view wanted) const;

    const Json* json_;
    std::string path_;
    std::vector<std::string> known_;
};

// "path[3]"
std::string element_path(std::string_view path, size_t index);

}  // namespace countersign
