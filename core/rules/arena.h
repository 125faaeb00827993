#pragma once
// Memory for values that an evaluation or a conversion makes: handed out in order, given back all at once.
//
// Contract: what it hands out is aligned for Value and lives until reset() or the Arena's end. reset() keeps the memory
// for the next time, so that an evaluation that has run once allocates nothing when it runs again.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/rules/value.h"

namespace countersign::rules {

class Arena {
public:
    void* allocate(size_t bytes);

    char* text(size_t bytes) { return static_cast<char*>(allocate(bytes)); }

    Value* values(size_t count);
    MapEntry* entries(size_t count);

    std::string_view copy(std::string_view text);

    // Bytes handed out since the last reset.
    size_t used() const { return used_; }

    void reset() {
        current_ = 0;
        offset_ = 0;
        used_ = 0;
    }

private:
    struct Chunk {
        std::unique_ptr<std::byte[]> memory;
        size_t size = 0;
    };

    void* allocate_slowly(size_t bytes);

    std::vector<Chunk> chunks_;
    size_t current_ = 0;  // index of the chunk in use
    size_t offset_ = 0;   // in that chunk
    size_t used_ = 0;
};

// A deep copy, so that a value outlives what it pointed into.
Value copy_value(const Value& value, Arena& arena);

// Sorts entries by key and gives the map; nullptr when a key stands twice (then `duplicate`, if given, is that key).
// Contract: every key is a bool, int, uint or string.
const MapEntry* sort_entries(std::span<MapEntry> entries, Value* duplicate);

}  // namespace countersign::rules
