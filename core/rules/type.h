#pragma once
// Types of CEL expressions, as an Environment declares them and as the checker finds them.
//
// A Type is a plain value; it is used when a policy is loaded, never when it runs. Text form, in errors and in
// signatures: "int", "list(string)", "map(string, double)", "optional(T)", a record by its name.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/value.h"

namespace countersign::rules {

struct RecordType;

struct Type {
    Kind kind = Kind::dyn;
    uint32_t param = 0;           // which one, when kind is Kind::param
    std::vector<Type> arguments;  // list: element; map: key, value; optional: inner; type: what it names (or none)
    std::shared_ptr<const RecordType> record;

    std::string text() const;
};

// A field of a record, or a variable.
struct Field {
    std::string name;
    Type type;
    // May be without a value: has(record.name) tells, reading it then is an error.
    bool optional = false;
    // When not empty: the only texts it can hold. Comparing it with another text is refused when the policy is loaded.
    std::vector<std::string> choices = {};
};

struct RecordType {
    std::string name;
    std::vector<Field> fields;

    std::optional<size_t> index_of(std::string_view field) const;
    std::vector<std::string> field_names() const;
};

namespace types {

inline Type of(Kind kind) {
    return Type{kind, 0, {}, nullptr};
}

inline Type dyn() {
    return of(Kind::dyn);
}

inline Type boolean() {
    return of(Kind::boolean);
}

inline Type int64() {
    return of(Kind::int64);
}

inline Type float64() {
    return of(Kind::float64);
}

inline Type string() {
    return of(Kind::string);
}

inline Type param(uint32_t index) {
    return Type{Kind::param, index, {}, nullptr};
}

Type list(Type element);
Type map(Type key, Type value);
Type optional(Type inner);
Type type(Type named);
Type record(std::shared_ptr<const RecordType> type);

}  // namespace types

// Reads the text form ("map(string, list(A))"; single capital letters are parameters). Record names are not known here.
std::optional<Type> parse_type(std::string_view text);

}  // namespace countersign::rules
