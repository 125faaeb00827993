#include "core/store/list_index.h"

#include <algorithm>

namespace countersign::store {

namespace {

constexpr size_t kChunkRows = 256;
constexpr int64_t kMostRows = 4 * kChunkRows;  // of a chunk that has grown

}  // namespace

Result<bool> ListIndex::build(size_t rows) {
    while (!complete_ && rows > 0) {
        const std::vector<ListKey> keys =
            CS_TRY(list_keys(database_, project_, filter_, sort_, resume_, kChunkRows + 1));
        const size_t count = std::min(keys.size(), kChunkRows);
        if (count > 0) {
            chunks_.push_back({keys.front(), static_cast<int64_t>(count)});
            size_ += static_cast<int64_t>(count);
        }
        complete_ = keys.size() <= kChunkRows;
        if (!complete_) {
            resume_ = keys.back();
        }
        rows -= std::min(rows, kChunkRows);
    }
    return complete_;
}

size_t ListIndex::chunk_of(ListKey key) const {
    const auto after =
        std::upper_bound(chunks_.begin(), chunks_.end(), key, [](ListKey k, const Chunk& c) { return k < c.first; });
    return after == chunks_.begin() ? 0 : static_cast<size_t>(after - chunks_.begin()) - 1;
}

Result<ListIndex::Loaded*> ListIndex::load(size_t chunk) {
    ++clock_;
    Loaded* oldest = &loaded_[0];
    for (Loaded& one : loaded_) {
        if (one.chunk == chunk) {
            one.used = clock_;
            return &one;
        }
        oldest = one.used < oldest->used ? &one : oldest;
    }
    const ListPage page = CS_TRY(list_items(database_, project_, filter_, sort_, chunks_[chunk].first,
                                            static_cast<size_t>(chunks_[chunk].rows)));
    *oldest = {chunk, page.rows, clock_};
    return oldest;
}

Result<const ItemRow*> ListIndex::row(int64_t position) {
    if (position < 0 || position >= size_) {
        return nullptr;
    }
    size_t chunk = 0;
    int64_t before = 0;
    while (before + chunks_[chunk].rows <= position) {
        before += chunks_[chunk++].rows;
    }
    const Loaded* loaded = CS_TRY(load(chunk));
    const auto offset = static_cast<size_t>(position - before);
    return offset < loaded->rows.size() ? &loaded->rows[offset] : nullptr;
}

Result<int64_t> ListIndex::position_of(const ItemRow& row) const {
    if (chunks_.empty() || !matches(filter_, row)) {
        return int64_t{-1};
    }
    const ListKey key = key_of(row, sort_);
    const size_t chunk = chunk_of(key);
    int64_t position = 0;
    for (size_t i = 0; i < chunk; ++i) {
        position += chunks_[i].rows;
    }
    const std::vector<ListKey> keys = CS_TRY(
        list_keys(database_, project_, filter_, sort_, chunks_[chunk].first, static_cast<size_t>(chunks_[chunk].rows)));
    const auto found = std::find(keys.begin(), keys.end(), key);
    return found == keys.end() ? int64_t{-1} : position + (found - keys.begin());
}

void ListIndex::adjust(ListKey key, int64_t by) {
    // Behind what is built so far: the build will meet it.
    if (!complete_ && key >= resume_) {
        return;
    }
    if (chunks_.empty()) {
        chunks_.push_back({key, 0});
    }
    const size_t chunk = chunk_of(key);
    if (by > 0 && chunks_[chunk].rows >= kMostRows) {
        restart();  // cut anew: a page is found by reading its chunk
        return;
    }
    chunks_[chunk].first = std::min(chunks_[chunk].first, key);
    chunks_[chunk].rows = std::max<int64_t>(0, chunks_[chunk].rows + by);
    size_ = std::max<int64_t>(0, size_ + by);
}

void ListIndex::change(const std::optional<ItemRow>& before, const std::optional<ItemRow>& after) {
    if (!filter_.search.empty()) {
        restart();
        return;
    }
    if (before && matches(filter_, *before)) {
        adjust(key_of(*before, sort_), -1);
    }
    if (after && matches(filter_, *after)) {
        adjust(key_of(*after, sort_), 1);
    }
    for (Loaded& one : loaded_) {
        one.chunk = SIZE_MAX;
    }
}

void ListIndex::restart() {
    chunks_.clear();
    size_ = 0;
    complete_ = false;
    resume_ = {};
    for (Loaded& one : loaded_) {
        one.chunk = SIZE_MAX;
    }
}

}  // namespace countersign::store
