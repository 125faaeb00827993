#include "core/rules/json_values.h"

#include <algorithm>
#include <cmath>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/base/utf8.h"
#include "core/json/fields.h"
#include "core/json/writer.h"
#include "core/rules/base64.h"
#include "core/rules/text.h"
#include "core/rules/times.h"

namespace countersign::rules {

namespace {

constexpr int64_t kExact = int64_t{1} << 53;  // doubles hold every whole number up to here

// A place in the JSON, spelled out only where an error names it.
struct Place {
    std::string_view path;
    const Place* above = nullptr;
    size_t index = 0;
    bool element = false;

    std::string text() const {
        if (above == nullptr) {
            return std::string(path);
        }
        return element ? element_path(above->text(), index) : concat(above->text(), '.', path);
    }
};

// Makes values of one JSON text.
struct Reader {
    Arena& arena;
    Undeclared undeclared;

    Result<Value> value(const Json& json, const Type& type, const Place& place) const;
    Result<Value> number(const Json& json, const Type& type, const Place& place) const;
    Result<Value> text(const Json& json, const Type& type, const Place& place) const;
    Result<Value> list(const Json& json, const Type& element, const Place& place) const;
    Result<Value> map(const Json& json, const Type& type, const Type& element, const Place& place) const;
    Result<Value> record(const Json& json, const Type& type, const Place& place) const;
};

Error wrong(const Json& json, const Type& type, const Place& place) {
    return fail(ErrorCode::invalid_argument, concat("must be ", type.text(), ", but is ", json.type_name()),
                place.text());
}

Value number_of(const Json& json) {
    if (const JsonNumber* number = json.number()) {
        return Value::float64(number->value);
    }
    const int64_t whole = *json.integer();
    return whole > kExact || whole < -kExact ? Value::int64(whole) : Value::float64(static_cast<double>(whole));
}

Result<Value> Reader::list(const Json& json, const Type& element, const Place& place) const {
    const JsonArray& from = *json.array();
    Value* to = arena.values(from.size());
    for (size_t i = 0; i < from.size(); ++i) {
        to[i] = CS_TRY(value(from[i], element, {{}, &place, i, true}));
    }
    return Value::list({to, from.size()});
}

Result<Value> Reader::map(const Json& json, const Type& type, const Type& element, const Place& place) const {
    if (type.kind == Kind::map && type.arguments[0].kind != Kind::string && type.arguments[0].kind != Kind::dyn) {
        return fail(ErrorCode::invalid_argument, "JSON gives maps with text keys only", place.text());
    }
    const JsonObject& from = *json.object();
    MapEntry* to = arena.entries(from.size());
    for (size_t i = 0; i < from.size(); ++i) {
        const auto& [name, member] = from[i];
        to[i] = {Value::string(arena.copy(name)), CS_TRY(value(member, element, {name, &place}))};
    }
    Value duplicate;
    if (sort_entries({to, from.size()}, &duplicate) == nullptr) {
        return fail(ErrorCode::invalid_argument, concat("has the name ", shown(duplicate), " twice"), place.text());
    }
    return Value::map({to, from.size()});
}

Result<Value> Reader::record(const Json& json, const Type& type, const Place& place) const {
    const RecordType& declared = *type.record;
    Value* fields = arena.values(declared.fields.size());
    for (const auto& [name, member] : *json.object()) {
        const std::optional<size_t> at = declared.index_of(name);
        if (!at && undeclared == Undeclared::ignored) {
            continue;
        }
        if (!at) {
            const std::vector<std::string> known = declared.field_names();
            return fail(ErrorCode::invalid_argument,
                        concat("no such field in ", declared.name, suggestion(name, known)),
                        Place{name, &place}.text());
        }
        const Field& field = declared.fields[*at];
        const bool absent = field.optional && member.is_null();
        fields[*at] = absent ? Value() : CS_TRY(value(member, field.type, {name, &place}));
    }
    for (size_t i = 0; i < declared.fields.size(); ++i) {
        if (fields[i].is(Kind::unset) && !declared.fields[i].optional) {
            return fail(ErrorCode::invalid_argument, "is missing", Place{declared.fields[i].name, &place}.text());
        }
    }
    return Value::record(new (arena.allocate(sizeof(Record))) Record{type.record.get(), fields});
}

// Types whose JSON form is text.
Result<Value> Reader::text(const Json& json, const Type& type, const Place& place) const {
    const std::string& given = *json.string();
    switch (type.kind) {
        case Kind::string:
        case Kind::dyn: return Value::string(arena.copy(given));
        case Kind::bytes:
            if (const std::optional<std::string> bytes = from_base64(given)) {
                return Value::bytes(arena.copy(*bytes));
            }
            return fail(ErrorCode::invalid_argument, "must be bytes in base64", place.text());
        case Kind::timestamp:
            if (const std::optional<Timestamp> t = read_timestamp(given)) {
                return Value::timestamp(*t);
            }
            return fail(ErrorCode::invalid_argument,
                        concat("must be a timestamp like \"2026-01-31T08:30:00Z\", but is \"",
                               utf8::shortened(given, 40), "\""),
                        place.text());
        case Kind::duration:
            if (const std::optional<int64_t> nanos = read_duration(given)) {
                return Value::duration(*nanos);
            }
            return fail(
                ErrorCode::invalid_argument,
                concat("must be a duration like \"90m\" or \"1.5s\", but is \"", utf8::shortened(given, 40), "\""),
                place.text());
        default: return wrong(json, type, place);
    }
}

Result<Value> Reader::number(const Json& json, const Type& type, const Place& place) const {
    const int64_t* whole = json.integer();
    switch (type.kind) {
        case Kind::dyn: return number_of(json);
        case Kind::float64:
            return Value::float64(whole != nullptr ? static_cast<double>(*whole) : json.number()->value);
        case Kind::int64:
            if (whole != nullptr) {
                return Value::int64(*whole);
            }
            return wrong(json, type, place);
        case Kind::uint64:
            if (whole != nullptr && *whole >= 0) {
                return Value::uint64(static_cast<uint64_t>(*whole));
            }
            return wrong(json, type, place);
        default: return wrong(json, type, place);
    }
}

Result<Value> Reader::value(const Json& json, const Type& type, const Place& place) const {
    const bool open = type.kind == Kind::dyn;
    if (type.kind == Kind::optional) {
        if (json.is_null()) {
            return Value::optional(nullptr);
        }
        Value* inner = arena.values(1);
        *inner = CS_TRY(value(json, type.arguments[0], place));
        return Value::optional(inner);
    }
    if (json.is_null()) {
        return open || type.kind == Kind::null_type ? Result<Value>(Value::null()) : wrong(json, type, place);
    }
    if (const bool* boolean = json.boolean()) {
        return open || type.kind == Kind::boolean ? Result<Value>(Value::boolean(*boolean)) : wrong(json, type, place);
    }
    if (json.integer() != nullptr || json.number() != nullptr) {
        return number(json, type, place);
    }
    if (json.string() != nullptr) {
        return text(json, type, place);
    }
    if (json.array() != nullptr) {
        const bool fits = open || type.kind == Kind::list;
        return fits ? list(json, open ? type : type.arguments[0], place) : wrong(json, type, place);
    }
    if (type.kind == Kind::record) {
        return record(json, type, place);
    }
    const bool fits = open || type.kind == Kind::map;
    return fits ? map(json, type, open ? type : type.arguments[1], place) : wrong(json, type, place);
}

void write(JsonWriter& out, const Value& value);

void write_list(JsonWriter& out, std::span<const Value> list) {
    out.begin_array();
    for (const Value& element : list) {
        write(out, element);
    }
    out.end_array();
}

void write_record(JsonWriter& out, const Record& record) {
    out.begin_object();
    for (size_t i = 0; i < record.type->fields.size(); ++i) {
        if (!record.fields[i].is(Kind::unset)) {
            out.name(record.type->fields[i].name);
            write(out, record.fields[i]);
        }
    }
    out.end_object();
}

void write_map(JsonWriter& out, std::span<const MapEntry> map) {
    out.begin_object();
    for (const MapEntry& entry : map) {
        out.name(string_of(entry.key).value_or(""));
        write(out, entry.value);
    }
    out.end_object();
}

void write(JsonWriter& out, const Value& value) {
    switch (value.kind()) {
        case Kind::unset:
        case Kind::null_type: out.null(); break;
        case Kind::boolean: out.boolean(value.as_boolean()); break;
        case Kind::int64: out.integer(value.as_int64()); break;
        case Kind::uint64: out.decimal(concat(value.as_uint64())); break;
        case Kind::float64:
            if (std::isfinite(value.as_float64())) {
                out.decimal(double_text(value.as_float64()));
            } else {
                out.text(double_text(value.as_float64()));
            }
            break;
        case Kind::bytes: out.text(to_base64(value.as_text())); break;
        case Kind::type: out.text(value.as_text()); break;
        case Kind::list: write_list(out, value.as_list()); break;
        case Kind::map: write_map(out, value.as_map()); break;
        case Kind::record: write_record(out, *value.as_record()); break;
        case Kind::optional:
            if (const Value* inner = value.as_optional()) {
                write(out, *inner);
            } else {
                out.null();
            }
            break;
        default: out.text(string_of(value).value_or("")); break;
    }
}

}  // namespace

Result<Value> value_of_json(const Json& json, const Type& type, Arena& arena, std::string_view path,
                            Undeclared undeclared) {
    return Reader{arena, undeclared}.value(json, type, {path});
}

Value value_of_json(const Json& json, Arena& arena) {
    Result<Value> value = value_of_json(json, types::dyn(), arena, "");
    return std::move(value).value();  // dyn takes whatever JSON there is
}

std::string json_of(const Value& value) {
    JsonWriter out;
    write(out, value);
    return std::move(out).take();
}

}  // namespace countersign::rules
