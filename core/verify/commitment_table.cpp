#include "core/verify/commitment_table.h"

#include <algorithm>
#include <utility>

namespace countersign::verify {

namespace {

std::array<uint8_t, 16> key_of(const Digest& commitment) {
    std::array<uint8_t, 16> key;
    std::copy_n(commitment.bytes.begin(), key.size(), key.begin());
    return key;
}

}  // namespace

// Where the key is, or the free place where it would be.
size_t CommitmentTable::place_of(const std::array<uint8_t, 16>& key) const {
    const Digest hash = sha256({reinterpret_cast<const char*>(key.data()), key.size()});
    size_t at = 0;
    for (size_t i = 0; i < 6; ++i) {
        at = at << 8 | hash.bytes[i];
    }
    for (at %= entries_.size(); entries_[at].flags != 0 && entries_[at].key != key; at = (at + 1) % entries_.size()) {
    }
    return at;
}

uint8_t CommitmentTable::flags(const Digest& commitment) const {
    return entries_[place_of(key_of(commitment))].flags;
}

void CommitmentTable::add(const Digest& commitment, uint8_t flags) {
    Entry& entry = entries_[place_of(key_of(commitment))];
    const bool is_new = entry.flags == 0;
    entry.key = key_of(commitment);
    entry.flags |= flags;
    used_ += is_new ? 1 : 0;
    if (used_ > entries_.size() / 4 * 3) {
        grow();
    }
}

void CommitmentTable::grow() {
    const std::vector<Entry> old = std::exchange(entries_, std::vector<Entry>(entries_.size() * 2));
    for (const Entry& entry : old) {
        if (entry.flags != 0) {
            entries_[place_of(entry.key)] = entry;
        }
    }
}

}  // namespace countersign::verify
