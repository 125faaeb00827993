#pragma once
// What the server says about its log: keys, checkpoints with their roots and signatures, epochs; and the checkpoints
// that the auditor had before, and that devices had. Holds the tree's right edge, one hash for each binary digit of its
// size.
//
// Whose key: an auditor's own (Trust::given) or, without one, those that stand in the bundle (Trust::bundle). A server
// signs for the origins of all its projects and epochs with one key, so a key is good for any origin of its server.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/log/checkpoint.h"
#include "core/log/frontier.h"
#include "core/log/note.h"
#include "core/verify/bundle.h"
#include "core/verify/leaf.h"
#include "core/verify/report.h"

namespace countersign::verify {

// A key that the auditor has from elsewhere: the 32 bytes, and what its name said, if it came with one.
struct TrustedKey {
    crypto::PublicKey key;
    std::string name;
};

// "<name>+<id>+<base64>", or the key alone in base64. invalid_argument for anything else.
Result<TrustedKey> parse_trusted_key(std::string_view text);

// A checkpoint that the auditor has from elsewhere; `source` is what to call it.
struct OwnCheckpoint {
    std::string source;
    SignedNote note;
    Checkpoint checkpoint;
    LogOrigin origin;
};

// invalid_argument with the line. Nothing is verified yet.
Result<OwnCheckpoint> parse_own_checkpoint(std::string source, std::string_view note);

class Seals {
public:
    void trust(TrustedKey key) { trusted_.push_back(std::move(key)); }

    void expect(OwnCheckpoint own) { own_.push_back(std::move(own)); }

    void begin(Findings& findings, Place place, const BundleHead& head);
    void add_key(Findings& findings, Place place, std::string_view vkey);
    void add_leaf(Findings& findings, std::string_view leaf);
    // Before the leaf itself is added.
    void start_epoch(Findings& findings, const LeafFields& leaf);
    // Before the leaf itself is added: the device was shown this log, no other.
    void check_seen(Findings& findings, Place place, const SeenFields& seen) const;
    void add_checkpoint(Findings& findings, Place place, std::string_view note);
    void finish(Findings& findings);

    uint64_t size() const { return tree_.size(); }

private:
    struct Key {
        NoteKey key;
        Place place;
    };

    // The tree at a size that was signed, or that a new epoch goes on from.
    struct Told {
        uint64_t epoch = 0;
        uint64_t size = 0;
        Digest root;
    };

    void remember(const Told& told);
    std::vector<NoteKey> keys_for(std::string_view origin) const;
    std::string wrong_home(const LogOrigin& origin) const;
    void check_epoch(Findings& findings, Place place, const LogOrigin& origin);
    void check_continues(Findings& findings, const LeafFields& leaf, uint64_t number);
    void check_order(Findings& findings, Place place, const TreeHead& head);
    void check_root(Findings& findings, Place place, const TreeHead& head);
    void check_signature(Findings& findings, Place place, const SignedNote& note, const Checkpoint& checkpoint);
    void compare_own(Findings& findings);

    std::optional<BundleHead> head_;
    std::vector<TrustedKey> trusted_;
    std::vector<Key> bundled_;
    std::vector<OwnCheckpoint> own_;
    TreeFrontier tree_;
    std::optional<uint64_t> epoch_;
    std::vector<Told> told_;        // ascending by epoch and size
    std::optional<TreeHead> last_;  // the newest checkpoint
    uint64_t last_good_size_ = 0;   // of the newest whose root was right
};

}  // namespace countersign::verify
