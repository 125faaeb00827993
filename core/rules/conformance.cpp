#include "core/rules/conformance.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/concat.h"
#include "core/rules/base64.h"
#include "core/rules/compare.h"
#include "core/rules/compile.h"
#include "core/rules/evaluate.h"
#include "core/rules/text.h"
#include "core/rules/times.h"

namespace countersign::rules {

namespace {

Error unknown_form(const Json& json) {
    return fail(ErrorCode::invalid_argument, concat("a value in a form that is not known here: ", to_text(json)));
}

std::string text_or_empty(const Json* json) {
    return json != nullptr && json->string() != nullptr ? *json->string() : std::string();
}

template <class Number>
Result<Number> number_of(const Json& json) {
    const std::string text = json.integer() != nullptr ? concat(*json.integer()) : text_or_empty(&json);
    Number number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size()) {
        return unknown_form(json);
    }
    return number;
}

Result<Value> double_of_case(const Json& json) {
    if (const int64_t* whole = json.integer()) {
        return Value::float64(static_cast<double>(*whole));
    }
    if (const JsonNumber* number = json.number()) {
        return Value::float64(number->value);
    }
    if (const std::optional<double> number = read_double(text_or_empty(&json))) {
        return Value::float64(*number);
    }
    return unknown_form(json);
}

Result<Value> list_of_case(const Json& json, Arena& arena) {
    const Json* values = json.find("values");
    const JsonArray* from = values != nullptr ? values->array() : nullptr;
    const size_t count = from != nullptr ? from->size() : 0;
    Value* to = arena.values(count);
    for (size_t i = 0; i < count; ++i) {
        to[i] = CS_TRY(value_of_case((*from)[i], arena));
    }
    return Value::list({to, count});
}

Result<Value> map_of_case(const Json& json, Arena& arena) {
    const Json* entries = json.find("entries");
    const JsonArray* from = entries != nullptr ? entries->array() : nullptr;
    const size_t count = from != nullptr ? from->size() : 0;
    MapEntry* to = arena.entries(count);
    for (size_t i = 0; i < count; ++i) {
        const Json* key = (*from)[i].find("key");
        const Json* value = (*from)[i].find("value");
        if (key == nullptr || value == nullptr) {
            return unknown_form((*from)[i]);
        }
        to[i] = {CS_TRY(value_of_case(*key, arena)), CS_TRY(value_of_case(*value, arena))};
    }
    if (sort_entries({to, count}, nullptr) == nullptr) {
        return unknown_form(json);
    }
    return Value::map({to, count});
}

// {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "1s"}
Result<Value> object_of_case(const Json& json) {
    const std::string type = text_or_empty(json.find("@type"));
    const std::string value = text_or_empty(json.find("value"));
    if (type.ends_with("google.protobuf.Timestamp")) {
        if (const std::optional<Timestamp> t = read_timestamp(value)) {
            return Value::timestamp(*t);
        }
    }
    if (type.ends_with("google.protobuf.Duration")) {
        if (const std::optional<int64_t> nanos = read_duration(value)) {
            return Value::duration(*nanos);
        }
    }
    return unknown_form(json);
}

Result<Type> type_of_case(const Json& json) {
    static constexpr std::pair<std::string_view, Kind> kPrimitives[] = {
        {"BOOL", Kind::boolean},   {"INT64", Kind::int64},   {"UINT64", Kind::uint64},
        {"DOUBLE", Kind::float64}, {"STRING", Kind::string}, {"BYTES", Kind::bytes}};
    if (const Json* primitive = json.find("primitive")) {
        const std::string name = text_or_empty(primitive);
        const auto found = std::find_if(std::begin(kPrimitives), std::end(kPrimitives),
                                        [&](const auto& p) { return p.first == name; });
        return found == std::end(kPrimitives) ? Result<Type>(unknown_form(json))
                                              : Result<Type>(types::of(found->second));
    }
    if (json.find("null") != nullptr) {
        return types::of(Kind::null_type);
    }
    if (const Json* list = json.find("listType")) {
        const Json* element = list->find("elemType");
        return types::list(element != nullptr ? CS_TRY(type_of_case(*element)) : types::dyn());
    }
    if (const Json* map = json.find("mapType")) {
        const Json* key = map->find("keyType");
        const Json* value = map->find("valueType");
        return types::map(key != nullptr ? CS_TRY(type_of_case(*key)) : types::dyn(),
                          value != nullptr ? CS_TRY(type_of_case(*value)) : types::dyn());
    }
    if (const std::string known = text_or_empty(json.find("wellKnown")); !known.empty()) {
        return types::of(known == "TIMESTAMP" ? Kind::timestamp : known == "DURATION" ? Kind::duration : Kind::dyn);
    }
    return json.find("dyn") != nullptr ? Result<Type>(types::dyn()) : Result<Type>(unknown_form(json));
}

Result<Environment> environment_of_case(const Json& one_case) {
    std::vector<Field> variables;
    if (const Json* declared = one_case.find("typeEnv"); declared != nullptr && declared->array() != nullptr) {
        for (const Json& variable : *declared->array()) {
            const Json* ident = variable.find("ident");
            const Json* type = ident != nullptr ? ident->find("type") : nullptr;
            if (type == nullptr) {
                return unknown_form(variable);
            }
            variables.push_back({text_or_empty(variable.find("name")), CS_TRY(type_of_case(*type))});
        }
    }
    if (const Json* bindings = one_case.find("bindings"); bindings != nullptr && bindings->object() != nullptr) {
        for (const auto& [name, value] : *bindings->object()) {
            const auto same = [&, n = std::string_view(name)](const Field& f) { return f.name == n; };
            if (std::none_of(variables.begin(), variables.end(), same)) {
                variables.push_back({name, types::dyn()});
            }
        }
    }
    return Environment(std::move(variables), text_or_empty(one_case.find("container")));
}

Status bind_case(const Json& one_case, Activation& activation, Arena& arena) {
    const Json* bindings = one_case.find("bindings");
    if (bindings == nullptr || bindings->object() == nullptr) {
        return success();
    }
    for (const auto& [name, binding] : *bindings->object()) {
        const Json* value = binding.find("value");
        if (value == nullptr) {
            return unknown_form(binding);
        }
        activation.set(activation.environment().slot_of(name).value(), CS_TRY(value_of_case(*value, arena)));
    }
    return success();
}

// Not CEL's equality: kinds must be the same, and NaN is NaN.
bool identical(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) {
        return false;
    }
    switch (a.kind()) {
        case Kind::float64:
            return a.as_float64() == b.as_float64() || (std::isnan(a.as_float64()) && std::isnan(b.as_float64()));
        case Kind::list: return std::ranges::equal(a.as_list(), b.as_list(), identical);
        case Kind::map:
            return std::ranges::equal(a.as_map(), b.as_map(), [](const MapEntry& x, const MapEntry& y) {
                return identical(x.key, y.key) && identical(x.value, y.value);
            });
        default: {
            uint64_t work = 0;
            return equal(a, b, work);
        }
    }
}

// Empty when the case passes.
Result<std::string> mismatch(const Json& one_case, Arena& arena) {
    const Environment environment = CS_TRY(environment_of_case(one_case));
    const Json* disable = one_case.find("disableCheck");
    const bool strict = disable == nullptr || disable->boolean() == nullptr || !*disable->boolean();
    const CompileOptions options{.strict = strict, .refuse_constant_failures = false};
    const Result<Program> program = compile(text_or_empty(one_case.find("expr")), environment, options);
    if (!program.ok()) {
        return concat("does not compile: ", program.error().text());
    }
    Activation activation(environment);
    CS_TRY(bind_case(one_case, activation, arena));
    Evaluator evaluator;
    const Result<Value> outcome = evaluator.evaluate(program.value(), activation);
    const Json* expected = one_case.find("value");
    if (expected == nullptr) {
        return outcome.ok() ? concat("gives ", shown(outcome.value()), " where an error is expected") : std::string();
    }
    if (!outcome.ok()) {
        return concat("fails: ", outcome.error().text());
    }
    const bool same = identical(outcome.value(), CS_TRY(value_of_case(*expected, arena)));
    return same ? std::string()
                : concat("gives ", shown(outcome.value()), " where ", to_text(*expected), " is expected");
}

}  // namespace

Result<Value> value_of_case(const Json& json, Arena& arena) {
    const JsonObject* object = json.object();
    if (object == nullptr || object->size() != 1) {
        return unknown_form(json);
    }
    const auto& [form, value] = object->front();
    if (form == "int64Value") {
        return Value::int64(CS_TRY(number_of<int64_t>(value)));
    }
    if (form == "uint64Value") {
        return Value::uint64(CS_TRY(number_of<uint64_t>(value)));
    }
    if (form == "doubleValue") {
        return double_of_case(value);
    }
    if (form == "boolValue" && value.boolean() != nullptr) {
        return Value::boolean(*value.boolean());
    }
    if (form == "nullValue") {
        return Value::null();
    }
    if (form == "listValue") {
        return list_of_case(value, arena);
    }
    if (form == "mapValue") {
        return map_of_case(value, arena);
    }
    if (form == "objectValue") {
        return object_of_case(value);
    }
    const std::string_view text = arena.copy(text_or_empty(&value));
    if (form == "stringValue") {
        return Value::string(text);
    }
    if (form == "typeValue") {
        return Value::type(text);
    }
    if (const std::optional<std::string> bytes = from_base64(text); form == "bytesValue" && bytes) {
        return Value::bytes(arena.copy(*bytes));
    }
    return unknown_form(json);
}

CaseOutcome run_case(const Json& one_case) {
    CaseOutcome out{text_or_empty(one_case.find("file")),
                    text_or_empty(one_case.find("section")),
                    text_or_empty(one_case.find("name")),
                    false,
                    {}};
    Arena arena;
    const Result<std::string> found = mismatch(one_case, arena);
    out.passed = found.ok() && found.value().empty();
    out.detail = found.ok() ? found.value() : found.error().text();
    return out;
}

JsonLimits case_file_limits() {
    JsonLimits limits;
    limits.total_bytes = size_t{64} << 20;
    limits.members = 100'000;
    limits.allow_nul = true;
    limits.allow_wide_integers = true;
    return limits;
}

}  // namespace countersign::rules
