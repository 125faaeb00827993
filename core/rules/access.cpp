#include "core/rules/access.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/rules/compare.h"
#include "core/rules/type.h"

namespace countersign::rules {

namespace {

constexpr const char* kNoValue = "there is no value here; has() asks whether there is one";

Value type_shown(const Value& value) {
    return Value::type(kind_name(value.kind()));
}

// Where the field of that name lies in the value, or nullptr; `sound` tells whether the value has fields at all.
const Value* find_field(const Value& value, std::string_view name, bool& sound) {
    sound = true;
    if (value.is(Kind::map)) {
        return find_key(value.as_map(), name);
    }
    if (value.is(Kind::record)) {
        const Record& record = *value.as_record();
        const std::optional<size_t> at = record.type->index_of(name);
        return at && !record.fields[*at].is(Kind::unset) ? &record.fields[*at] : nullptr;
    }
    sound = false;
    return nullptr;
}

// A key that is a place in a list: an int, or a uint or double of that value.
std::optional<int64_t> place_of(const Value& key) {
    switch (key.kind()) {
        case Kind::int64: return key.as_int64();
        case Kind::uint64: return static_cast<int64_t>(std::min<uint64_t>(key.as_uint64(), INT64_MAX));
        case Kind::float64: {
            const double d = key.as_float64();
            return d == std::trunc(d) && std::abs(d) < 9e15 ? std::optional<int64_t>(static_cast<int64_t>(d))
                                                            : std::nullopt;
        }
        default: return std::nullopt;
    }
}

const Value* find_element(const Value& value, const Value& key, bool& sound) {
    sound = true;
    if (value.is(Kind::map)) {
        return find_key(value.as_map(), key);
    }
    const std::optional<int64_t> place = value.is(Kind::list) ? place_of(key) : std::nullopt;
    sound = place.has_value();
    const bool inside = sound && *place >= 0 && *place < static_cast<int64_t>(value.as_list().size());
    return inside ? &value.as_list()[static_cast<size_t>(*place)] : nullptr;
}

}  // namespace

bool select(Call& call, const Value& value, const Value& name, bool optional, Value& result) {
    const bool through = value.is(Kind::optional);
    if (through && value.as_optional() == nullptr) {
        result = value;
        return true;
    }
    const Value& whole = through ? *value.as_optional() : value;
    bool sound = false;
    const Value* found = find_field(whole, name.as_text(), sound);
    if (!sound) {
        return whole.is(Kind::unset) ? call.fail(kNoValue)
                                     : call.fail("no such key {}: {} has no fields", name, type_shown(whole));
    }
    if (optional || through) {
        result = Value::optional(found);
        return true;
    }
    if (found == nullptr) {
        return call.fail("no such key {}", name);
    }
    result = *found;
    return true;
}

bool select_field(Call& call, const Value& record, uint32_t field, Value& result) {
    if (!record.is(Kind::record)) {
        return call.fail(record.is(Kind::unset) ? kNoValue : "this is {}, not a record", type_shown(record));
    }
    const Record& whole = *record.as_record();
    if (whole.fields[field].is(Kind::unset)) {
        return call.fail("{} has no value here; has() asks whether it has one",
                         Value::type(whole.type->fields[field].name));
    }
    result = whole.fields[field];
    return true;
}

bool has(Call& call, const Value& value, const Value& name, Value& result) {
    const bool through = value.is(Kind::optional);
    if (through && value.as_optional() == nullptr) {
        result = Value::boolean(false);
        return true;
    }
    bool sound = false;
    const Value& whole = through ? *value.as_optional() : value;
    result = Value::boolean(find_field(whole, name.as_text(), sound) != nullptr);
    return sound || call.fail("has() takes a field of a map or record, but this is {}", type_shown(whole));
}

bool has_field(Call& call, const Value& record, uint32_t field, Value& result) {
    if (!record.is(Kind::record)) {
        return call.fail("this is {}, not a record", type_shown(record));
    }
    result = Value::boolean(!record.as_record()->fields[field].is(Kind::unset));
    return true;
}

bool index(Call& call, const Value& value, const Value& key, bool optional, Value& result) {
    const bool through = value.is(Kind::optional);
    if (through && value.as_optional() == nullptr) {
        result = value;
        return true;
    }
    const Value& whole = through ? *value.as_optional() : value;
    if (!whole.is(Kind::list) && !whole.is(Kind::map)) {
        return whole.is(Kind::unset) ? call.fail(kNoValue)
                                     : call.fail("[ ] looks into a list or map, not into {}", type_shown(whole));
    }
    bool sound = false;
    const Value* found = find_element(whole, key, sound);
    if (!sound) {
        return call.fail("a list is indexed by int, not by {}", key);
    }
    if (optional || through) {
        result = Value::optional(found);
        return true;
    }
    if (found == nullptr) {
        return whole.is(Kind::map)
                   ? call.fail("no such key {}", key)
                   : call.fail("there is no element {} in a list of {}", key, Value::int64(whole.raw_size()));
    }
    result = *found;
    return true;
}

bool contains(Call& call, const Value& value, const Value& key, bool& found) {
    found = false;
    if (value.is(Kind::map)) {
        found = find_key(value.as_map(), key) != nullptr;
        return true;
    }
    if (!value.is(Kind::list)) {
        return value.is(Kind::unset) ? call.fail(kNoValue)
                                     : call.fail("'in' looks into a list or map, not into {}", type_shown(value));
    }
    uint64_t work = 0;
    for (const Value& element : value.as_list()) {
        if (equal(element, key, work)) {
            found = true;
            break;
        }
    }
    return call.spend(work);
}

}  // namespace countersign::rules
