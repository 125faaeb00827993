#pragma once
// Positions in a list of any length: row 734,201 of a million, at once, without holding the list.
//
// The list's keys are cut into chunks of about 256 rows; kept are only each chunk's first key and its count. A position
// is found by the running count, and one chunk is read by key. The index is built in small steps between frames, shows
// what it has so far, and follows single changes without being built again.
//
// Contract: one thread. Rows returned stay valid until the next call. Search lists are built the same way, but a change
// of an item rebuilds them.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/store/lists.h"

namespace countersign::store {

class ListIndex {
public:
    ListIndex(Database& database, ProjectRow project, ListFilter filter, ListSort sort)
        : database_(database), project_(std::move(project)), filter_(std::move(filter)), sort_(sort) {}

    // Reads up to `rows` further keys; true when the index is complete.
    Result<bool> build(size_t rows);

    bool complete() const { return complete_; }

    // Rows known so far.
    int64_t size() const { return size_; }

    // The row at this position, or nullptr beyond the end.
    Result<const ItemRow*> row(int64_t position);
    // The position of this item's row, or -1.
    Result<int64_t> position_of(const ItemRow& row) const;

    // An item changed from `before` to `after`; either may be absent from the list.
    void change(const std::optional<ItemRow>& before, const std::optional<ItemRow>& after);

    const ListFilter& filter() const { return filter_; }

    ListSort sort() const { return sort_; }

private:
    struct Chunk {
        ListKey first;
        int64_t rows = 0;
    };

    struct Loaded {
        size_t chunk = SIZE_MAX;
        std::vector<ItemRow> rows;
        uint64_t used = 0;
    };

    size_t chunk_of(ListKey key) const;
    Result<Loaded*> load(size_t chunk);
    void adjust(ListKey key, int64_t by);
    void restart();

    Database& database_;
    ProjectRow project_;
    ListFilter filter_;
    ListSort sort_;
    std::vector<Chunk> chunks_;
    int64_t size_ = 0;
    bool complete_ = false;
    ListKey resume_;
    std::array<Loaded, 4> loaded_;  // what is on the screen and next to it
    uint64_t clock_ = 0;
};

}  // namespace countersign::store
