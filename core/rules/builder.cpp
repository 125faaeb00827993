#include "core/rules/builder.h"

#include <algorithm>
#include <new>
#include <type_traits>

#include "core/rules/compare.h"

namespace countersign::rules {

static_assert(std::is_trivially_destructible_v<Builder>);  // the arena runs no destructors

Value Builder::make(Call& call, bool of_map) {
    auto* builder = new (call.arena().allocate(sizeof(Builder))) Builder;
    builder->of_map_ = of_map;
    return Value::builder(builder);
}

bool Builder::append(Call& call, const Value& value) {
    if (!call.may_hold(of_map_ ? size_ / 2 + 1 : size_ + 1)) {
        return false;
    }
    if (size_ == capacity_) {
        const uint32_t larger = capacity_ == 0 ? 8 : capacity_ * 2;
        if (!call.may_make(uint64_t{larger} * sizeof(Value))) {
            return false;
        }
        Value* moved = call.arena().values(larger);
        std::copy(values_, values_ + size_, moved);
        values_ = moved;
        capacity_ = larger;
    }
    values_[size_++] = value;
    return true;
}

bool Builder::put(Call& call, const Value& key, const Value& value) {
    if (!is_key(key)) {
        return call.fail("a key is bool, int, uint or string, not {}", Value::type(kind_name(key.kind())));
    }
    return append(call, key) && append(call, value);
}

Value Builder::finished_list() const {
    return Value::list({values_, size_});
}

bool Builder::finished_map(Call& call, Value& result) {
    const size_t count = size_ / 2;
    if (!call.may_hold(count) || !call.may_make(count * sizeof(MapEntry))) {
        return false;
    }
    MapEntry* entries = call.arena().entries(count);
    for (size_t i = 0; i < count; ++i) {
        entries[i] = {values_[2 * i], values_[2 * i + 1]};
    }
    Value duplicate;
    if (sort_entries({entries, count}, &duplicate) == nullptr) {
        return call.fail("the key {} stands twice in one map", duplicate);
    }
    result = Value::map({entries, count});
    return true;
}

}  // namespace countersign::rules
