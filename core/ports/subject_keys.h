#pragma once
// The keys under which a server keeps texts: one for each person whom items are about (a subject). Whoever destroys the
// key makes the texts unreadable in every copy of the store, also in those that nobody can reach any more.
//
// Contract: keys never leave this. What make() and destroy() did is durable after flush(); a store calls it before its
// own commit, so that no text is ever committed under a key that a crash may take, and no erasure without its
// tombstone. discard() takes back what was not flushed. A tombstone is for ever and stands above the store: a store
// that knows less (a restored backup, a crash in between) is brought in line with it. Errors of open(): gone when the
// key was destroyed, not_found when it was never here, corrupt when the box is not what was sealed.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace countersign {

// Names a key and tells nothing of whose it is: 16 bytes, in the order of their making.
using KeyRef = std::string;
inline constexpr size_t kKeyRef_bytes = 16;

// That a subject was erased: what a store needs to erase it again.
struct Tombstone {
    std::string id;       // 16 random bytes
    std::string project;  // its id
    std::string leaves;   // subject_erased as it was recorded, a line each (core/log/leaf.h); no personal text
    std::vector<KeyRef> keys;
    std::vector<std::string> names;  // of the items and the subject: name_of()
};

enum class NamedKind : uint8_t { subject, item };

class SubjectKeys {
public:
    virtual ~SubjectKeys() = default;

    // Which set of keys this is: 32 hex digits.
    virtual Result<std::string> id() = 0;
    // 32 bytes that stand for a subject or an item and tell nobody which without the master key.
    virtual std::string name_of(NamedKind kind, std::string_view project, std::string_view id) = 0;

    virtual Result<KeyRef> make() = 0;
    // The key of what is nobody's in particular and does not stay.
    virtual Result<KeyRef> shared() = 0;
    // `associated` says where the box belongs; it opens nowhere else. The box begins with the key's name.
    virtual Result<std::string> seal(const KeyRef& key, std::string_view text, std::string_view associated) = 0;
    virtual Result<std::string> open(std::string_view box, std::string_view associated) = 0;

    virtual Status destroy(const Tombstone& tombstone) = 0;
    // Without `keys` and `names`. Oldest first.
    virtual Result<std::vector<Tombstone>> tombstones() = 0;
    // Whether a tombstone has this name.
    virtual Result<bool> is_erased(std::string_view name) = 0;

    virtual Status flush() = 0;
    virtual void discard() = 0;
};

}  // namespace countersign
