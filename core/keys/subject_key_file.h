#pragma once
// Subjects' keys in an SQLite file of their own (keys.db), which no backup of the store takes along. Keys lie wrapped
// under a master key that is in neither file: XChaCha20-Poly1305 under HMAC-SHA-256(master, "countersign-wrap-1");
// names are HMAC-SHA-256 under HMAC-SHA-256(master, "countersign-names-1").
//
// Contract: one thread at a time. After a destruction nothing of the key is left in the file, nor in its log unless
// another program is reading that at the moment: then the next flush empties it. A connection that may only read opens
// boxes, and makes and destroys nothing. Errors of open(): failed_precondition when the file was made under another
// master key.

#include <map>
#include <memory>

#include "core/crypto/secret.h"
#include "core/ports/entropy.h"
#include "core/ports/subject_keys.h"
#include "core/store/sqlite.h"

namespace countersign::keys {

inline constexpr size_t kMasterKey_bytes = 32;

class SubjectKeyFile : public SubjectKeys {
public:
    // `file`: a database of this format, or an empty one.
    static Result<std::unique_ptr<SubjectKeyFile>> open(std::unique_ptr<store::Database> file, crypto::Secret master,
                                                        Entropy& entropy);

    Result<std::string> id() override { return id_; }

    std::string name_of(NamedKind kind, std::string_view project, std::string_view id) override;
    Result<KeyRef> make() override;
    Result<KeyRef> shared() override;
    Result<std::string> seal(const KeyRef& key, std::string_view text, std::string_view associated) override;
    Result<std::string> open(std::string_view box, std::string_view associated) override;
    Status destroy(const Tombstone& tombstone) override;
    Result<std::vector<Tombstone>> tombstones() override;
    Result<bool> is_erased(std::string_view name) override;
    Status flush() override;
    void discard() override;

private:
    SubjectKeyFile(std::unique_ptr<store::Database> file, const crypto::Secret& master, Entropy& entropy);

    Status prepare();
    Status begin();
    Result<const crypto::Secret*> key(const KeyRef& ref);
    Result<crypto::Secret> unwrap(const KeyRef& ref);
    const crypto::Secret& remember(const KeyRef& ref, crypto::Secret secret);
    void append_sealed(std::string& out, const crypto::Secret& under, std::string_view text,
                       std::string_view associated);
    Result<std::string> opened(const crypto::Secret& under, std::string_view box, std::string_view associated) const;

    std::unique_ptr<store::Database> file_;
    crypto::Secret wrap_;
    crypto::Secret names_;
    Entropy& entropy_;
    std::string id_;
    uint64_t made_ = 0;  // counts up, so that keys made one after the other lie beside each other in the file
    std::map<KeyRef, crypto::Secret, std::less<>> known_;
    bool destroyed_ = false;  // since the log was emptied
};

}  // namespace countersign::keys
