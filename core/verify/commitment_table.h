#pragma once
// Commitments that a log has named, with what is known about each: 33 bytes an entry, in a table that is between three
// eighths and three quarters full.
//
// Places come from a hash of the commitment, so that nobody can choose commitments that all fall together.

#include <cstdint>
#include <vector>

#include "core/hash/sha256.h"

namespace countersign::verify {

class CommitmentTable {
public:
    // What is known; several at once.
    static constexpr uint8_t kNamedAsDocument = 1;
    static constexpr uint8_t kNamedAsText = 2;
    static constexpr uint8_t kTextSeen = 4;
    static constexpr uint8_t kErased = 8;

    // 0 for one that was never added.
    uint8_t flags(const Digest& commitment) const;
    // Adds to what is known.
    void add(const Digest& commitment, uint8_t flags);

private:
    struct Entry {
        Digest commitment;
        uint8_t flags = 0;  // 0: a free place
    };

    size_t place_of(const Digest& commitment) const;
    void grow();

    std::vector<Entry> entries_ = std::vector<Entry>(64);
    size_t used_ = 0;
};

}  // namespace countersign::verify
