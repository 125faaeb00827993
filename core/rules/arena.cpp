#include "core/rules/arena.h"

#include <algorithm>
#include <cstring>

#include "core/rules/compare.h"
#include "core/rules/type.h"

namespace countersign::rules {

namespace {

constexpr size_t kFirstChunk_bytes = 4096;
constexpr size_t kLargestChunk_bytes = size_t{1} << 20;

Value copy_list(const Value& value, Arena& arena) {
    const std::span<const Value> from = value.as_list();
    Value* to = arena.values(from.size());
    for (size_t i = 0; i < from.size(); ++i) {
        to[i] = copy_value(from[i], arena);
    }
    return Value::list({to, from.size()});
}

Value copy_map(const Value& value, Arena& arena) {
    const std::span<const MapEntry> from = value.as_map();
    MapEntry* to = arena.entries(from.size());
    for (size_t i = 0; i < from.size(); ++i) {
        to[i] = {copy_value(from[i].key, arena), copy_value(from[i].value, arena)};
    }
    return Value::map({to, from.size()});
}

Value copy_record(const Record& from, Arena& arena) {
    const size_t count = from.type->fields.size();
    Value* fields = arena.values(count);
    for (size_t i = 0; i < count; ++i) {
        fields[i] = copy_value(from.fields[i], arena);
    }
    return Value::record(new (arena.allocate(sizeof(Record))) Record{from.type, fields});
}

}  // namespace

void* Arena::allocate(size_t bytes) {
    const size_t rounded = (bytes + 7) & ~size_t{7};
    if (current_ < chunks_.size() && chunks_[current_].size - offset_ >= rounded) {
        void* at = chunks_[current_].memory.get() + offset_;
        offset_ += rounded;
        used_ += rounded;
        return at;
    }
    return allocate_slowly(rounded);
}

void* Arena::allocate_slowly(size_t bytes) {
    while (current_ + 1 < chunks_.size()) {
        ++current_;
        offset_ = 0;
        if (chunks_[current_].size >= bytes) {
            return allocate(bytes);
        }
    }
    const size_t twice = chunks_.empty() ? kFirstChunk_bytes : chunks_.back().size * 2;
    const size_t size = std::max(bytes, std::min(twice, kLargestChunk_bytes));
    chunks_.push_back({std::make_unique<std::byte[]>(size), size});
    current_ = chunks_.size() - 1;
    offset_ = 0;
    return allocate(bytes);
}

Value* Arena::values(size_t count) {
    auto* at = static_cast<Value*>(allocate(count * sizeof(Value)));
    std::uninitialized_default_construct_n(at, count);
    return at;
}

MapEntry* Arena::entries(size_t count) {
    auto* at = static_cast<MapEntry*>(allocate(count * sizeof(MapEntry)));
    std::uninitialized_default_construct_n(at, count);
    return at;
}

std::string_view Arena::copy(std::string_view from) {
    if (from.empty()) {
        return {};
    }
    char* to = text(from.size());
    std::memcpy(to, from.data(), from.size());
    return {to, from.size()};
}

Value copy_value(const Value& value, Arena& arena) {
    switch (value.kind()) {
        case Kind::string: return Value::string(arena.copy(value.as_text()));
        case Kind::bytes: return Value::bytes(arena.copy(value.as_text()));
        case Kind::list: return copy_list(value, arena);
        case Kind::map: return copy_map(value, arena);
        case Kind::record: return copy_record(*value.as_record(), arena);
        case Kind::optional: {
            const Value* inner = value.as_optional();
            if (inner == nullptr) {
                return value;
            }
            Value* kept = arena.values(1);
            *kept = copy_value(*inner, arena);
            return Value::optional(kept);
        }
        default: return value;
    }
}

const MapEntry* sort_entries(std::span<MapEntry> entries, Value* duplicate) {
    const auto before = [](const MapEntry& a, const MapEntry& b) { return compare_keys(a.key, b.key) < 0; };
    if (!std::is_sorted(entries.begin(), entries.end(), before)) {
        std::sort(entries.begin(), entries.end(), before);
    }
    for (size_t i = 1; i < entries.size(); ++i) {
        if (compare_keys(entries[i - 1].key, entries[i].key) == 0) {
            if (duplicate != nullptr) {
                *duplicate = entries[i].key;
            }
            return nullptr;
        }
    }
    static constexpr MapEntry kNone{};
    return entries.empty() ? &kNone : entries.data();
}

}  // namespace countersign::rules
