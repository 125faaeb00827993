#include "core/verify/commitment_table.h"

#include <utility>

namespace countersign::verify {

// Where the commitment is, or the free place where it would be.
size_t CommitmentTable::place_of(const Digest& commitment) const {
    const Digest hash = sha256(commitment.view());
    size_t at = 0;
    for (size_t i = 0; i < sizeof(uint32_t); ++i) {
        at = at << 8 | hash.bytes[i];
    }
    at %= entries_.size();
    while (entries_[at].flags != 0 && entries_[at].commitment != commitment) {
        at = (at + 1) % entries_.size();
    }
    return at;
}

uint8_t CommitmentTable::flags(const Digest& commitment) const {
    return entries_[place_of(commitment)].flags;
}

void CommitmentTable::add(const Digest& commitment, uint8_t flags) {
    Entry& entry = entries_[place_of(commitment)];
    used_ += entry.flags == 0 ? 1 : 0;
    entry.commitment = commitment;
    entry.flags |= flags;
    if (used_ > entries_.size() / 4 * 3) {
        grow();
    }
}

void CommitmentTable::grow() {
    const std::vector<Entry> old = std::exchange(entries_, std::vector<Entry>(entries_.size() * 2));
    for (const Entry& entry : old) {
        if (entry.flags != 0) {
            entries_[place_of(entry.commitment)] = entry;
        }
    }
}

}  // namespace countersign::verify
