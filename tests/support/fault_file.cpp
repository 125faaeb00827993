#include "tests/support/fault_file.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace countersign::testing {

namespace {

constexpr uint64_t kPage_bytes = 4096;

void put(std::string& file, uint64_t at, std::string_view bytes) {
    file.resize(static_cast<size_t>(std::max<uint64_t>(file.size(), at + bytes.size())));
    file.replace(static_cast<size_t>(at), bytes.size(), bytes);
}

}  // namespace

uint64_t Chance::next() {
    state_ += 0x9e3779b97f4a7c15U;
    uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

size_t FaultFile::read(uint64_t at, char* out, size_t count) const {
    if (at >= cache_.size()) {
        return 0;
    }
    const size_t got = std::min<size_t>(count, cache_.size() - static_cast<size_t>(at));
    std::memcpy(out, cache_.data() + at, got);
    return got;
}

void FaultFile::write(uint64_t at, std::string_view bytes) {
    if (bytes.empty()) {
        return;
    }
    put(cache_, at, bytes);
    waiting_.push_back({at, std::string(bytes)});
    for (uint64_t page = at / kPage_bytes; page <= (at + bytes.size() - 1) / kPage_bytes; ++page) {
        owed_pages_.insert(page);
    }
}

void FaultFile::truncate(uint64_t size) {
    if (size == cache_.size()) {
        return;
    }
    cache_.resize(static_cast<size_t>(size));
    shortest_ = std::min(shortest_, size);
    waiting_.push_back({.at = size, .truncates = true});
}

void FaultFile::settle() {
    owed_pages_.clear();
    waiting_.clear();
    shortest_ = UINT64_MAX;
}

void FaultFile::sync() {
    surface_.resize(static_cast<size_t>(std::min<uint64_t>(surface_.size(), shortest_)));
    surface_.resize(cache_.size());
    for (const uint64_t page : owed_pages_) {
        const uint64_t at = page * kPage_bytes;
        if (at < cache_.size()) {
            const size_t count = std::min<size_t>(kPage_bytes, cache_.size() - static_cast<size_t>(at));
            surface_.replace(static_cast<size_t>(at), count, cache_, static_cast<size_t>(at), count);
        }
    }
    settle();
}

void FaultFile::drop_cache() {
    sync();
    cache_ = surface_;
}

void FaultFile::fail_sync(Chance& chance, DamageCounts& counts) {
    if (chance.below(2) == 0) {
        surface_.resize(static_cast<size_t>(std::min<uint64_t>(surface_.size(), shortest_)));
    }
    for (const uint64_t page : owed_pages_) {
        const uint64_t at = page * kPage_bytes;
        if (at < cache_.size() && chance.below(3) == 0) {
            put(surface_, at, std::string_view(cache_).substr(static_cast<size_t>(at), kPage_bytes));
        } else {
            ++counts.forgotten_pages;
        }
    }
    settle();
}

// Each sector is what it was after some number of the writes, in their order, as a cache writes it out at some moment;
// other sectors at other moments. The size of the file is one that it had, by a moment of its own, and what was cut off
// up to that one is gone.
void FaultFile::apply_by_sector(uint64_t sector_bytes, Damage damage, Chance& chance, DamageCounts& counts) {
    const std::string before = surface_;
    const auto sized = static_cast<size_t>(chance.below(waiting_.size() + 1));
    uint64_t size = before.size();
    for (size_t i = 0; i < sized; ++i) {
        const Change& change = waiting_[i];
        size = change.truncates ? change.at : std::max<uint64_t>(size, change.at + change.bytes.size());
    }
    surface_.resize(static_cast<size_t>(size));
    std::vector<uint64_t> sectors_kept(waiting_.size());
    std::vector<uint64_t> sectors_lost(waiting_.size());
    for (uint64_t at = 0; at < size; at += sector_bytes) {
        std::string sector =
            before.substr(std::min<size_t>(before.size(), static_cast<size_t>(at)), static_cast<size_t>(sector_bytes));
        sector.resize(static_cast<size_t>(std::min(sector_bytes, size - at)));
        const uint64_t moment = chance.below(waiting_.size() + 1);
        for (size_t i = 0; i < waiting_.size(); ++i) {
            const Change& change = waiting_[i];
            const uint64_t from = std::max(at, change.at);
            if (change.truncates) {
                if (i < sized && change.at < at + sector.size()) {
                    std::fill(sector.begin() + static_cast<ptrdiff_t>(from - at), sector.end(), '\0');
                }
                continue;
            }
            const uint64_t to = std::min(at + sector.size(), change.at + change.bytes.size());
            if (from >= to) {
                continue;
            }
            ++(i < moment ? sectors_kept : sectors_lost)[i];
            const bool trash = i >= moment && damage == Damage::garbage && chance.below(3) == 0;
            counts.garbage_sectors += trash ? 1 : 0;
            for (uint64_t byte = from; byte < to && (i < moment || trash); ++byte) {
                sector[static_cast<size_t>(byte - at)] =
                    trash ? static_cast<char>(chance.next()) : change.bytes[static_cast<size_t>(byte - change.at)];
            }
        }
        surface_.replace(static_cast<size_t>(at), sector.size(), sector);
    }
    for (size_t i = 0; i < waiting_.size(); ++i) {
        if (!waiting_[i].truncates) {
            ++(sectors_lost[i] == 0   ? counts.kept_writes
               : sectors_kept[i] == 0 ? counts.lost_writes
                                      : counts.torn_writes);
        }
    }
    counts.undone_truncations += size != cache_.size() ? 1 : 0;
}

void FaultFile::apply_whole(Chance& chance, DamageCounts& counts) {
    std::vector<size_t> order(waiting_.size());
    for (size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    for (size_t i = order.size(); i > 1; --i) {
        std::swap(order[i - 1], order[static_cast<size_t>(chance.below(i))]);
    }
    size_t newest = 0;
    for (const size_t i : order) {
        const Change& change = waiting_[i];
        if (chance.below(2) == 0) {
            ++(change.truncates ? counts.undone_truncations : counts.lost_writes);
            continue;
        }
        ++counts.kept_writes;
        counts.reordered_writes += i < newest ? 1 : 0;
        newest = std::max(newest, i);
        if (change.truncates) {
            surface_.resize(static_cast<size_t>(change.at));
        } else {
            put(surface_, change.at, change.bytes);
        }
    }
}

void FaultFile::cut_power(Damage damage, Chance& chance, DamageCounts& counts) {
    if (!waiting_.empty()) {
        switch (damage) {
            case Damage::keep_nothing: counts.lost_writes += waiting_.size(); break;
            case Damage::keep_all:
                counts.kept_writes += waiting_.size();
                sync();
                break;
            case Damage::sectors_512:
            case Damage::garbage: apply_by_sector(512, damage, chance, counts); break;
            case Damage::sectors_4096: apply_by_sector(kPage_bytes, damage, chance, counts); break;
            case Damage::whole_writes: apply_whole(chance, counts); break;
        }
    }
    cache_ = surface_;
    settle();
}

void FaultFile::flip_bit(uint64_t bit) {
    const auto at = static_cast<size_t>(bit / 8);
    const auto mask = static_cast<char>(1U << (bit % 8));
    for (std::string* bytes : {&surface_, &cache_}) {
        if (at < bytes->size()) {
            (*bytes)[at] = static_cast<char>((*bytes)[at] ^ mask);
        }
    }
}

}  // namespace countersign::testing
