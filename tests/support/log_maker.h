#pragma once
// Makes logs as a server would, without one: leaves of both versions, streams that sign, checkpoints, epochs, texts and
// erasures, as the parts of a bundle (core/verify/bundle.h). The same seed makes the same log, natively and in wasm.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto/ed25519.h"
#include "core/log/commitment.h"
#include "core/log/frontier.h"
#include "tests/support/fakes.h"

namespace countersign::testing {

// A line of a bundle, in parts that tampering can get at.
struct BundlePart {
    enum class Kind { head, key, leaf, checkpoint, text };

    Kind kind = Kind::head;
    std::string bytes;   // of a leaf: its bytes; of a checkpoint: the note; of a key: the vkey; else the line
    std::string origin;  // of a checkpoint
};

std::string line_of(const BundlePart& part);
std::string end_line(uint64_t leaves, const Digest& before);
// The whole file, with the end line that belongs to it.
std::string render(const std::vector<BundlePart>& parts);

crypto::SigningKey key_from(std::string_view name);

// A device's stream as the device has it. A copy of it is a copied device.
struct MadeStream {
    std::string name;
    std::string account;
    std::string key_name;
    uint64_t seq = 0;
    Digest head;
};

class LogMaker {
public:
    using Sink = std::function<void(BundlePart)>;

    LogMaker(uint64_t seed, Sink sink);

    // The head line, the key line and the first leaf.
    void begin(int version = 2);

    struct Leaf {
        std::string type;
        std::string body;
        std::string actor = "system";
        std::string item = {};
        std::string op = {};   // the operation's bytes, or a hash in version 1
        std::string sig = {};  // hex
        int version = 2;
    };

    void leaf(const Leaf& leaf);

    // item_ingested; gives the text that its `document` commits to.
    CommittedText item(const std::string& id, int version = 2);
    // A review of version 1, without a device's operation.
    void old_review(const std::string& item);

    MadeStream open_stream(const std::string& account, const std::string& replaces = {});

    struct Review {
        std::string item;
        std::string rationale;    // empty for none
        std::string seen = {};    // JSON of the operation's `seen`; empty for none
        std::string claims = {};  // an account that the operation says it is of; empty for the stream's own
    };

    // One push: an operation each, the last one signed. Gives the rationales' texts.
    std::vector<CommittedText> push(MadeStream& stream, const std::vector<Review>& reviews);
    // An operation that the server could not read, in the place of the next one; `sign` when a push ends with it.
    void unreadable(MadeStream& stream, bool sign);
    // Recorded as waiting, or as repeated: without effect, and not signed.
    void without_effect(MadeStream& stream, const Review& review, std::string_view type);
    // A stream of version 0.1, which nothing opened; its next operation comes to a leaf of version 2.
    MadeStream old_stream(const std::string& account, uint64_t seq);
    void old_operation(MadeStream& stream, const std::string& item);
    // What a device says that it has seen: the newest checkpoint.
    std::string seen() const;
    void forked(const MadeStream& stream, uint64_t seq);
    void erase(const std::vector<Digest>& commitments);
    void start_epoch(uint64_t number);
    void checkpoint();
    void text(const CommittedText& text, std::string_view domain);

    std::string origin() const;

    crypto::SigningKey server_key() const { return key_from("the server"); }

    uint64_t size() const { return tree_.size(); }

    SeededEntropy entropy;

    static constexpr std::string_view kProject = "city";
    static constexpr std::string_view kServer = "0123456789abcdef";

private:
    std::string operation(MadeStream& stream, const Review& review, std::vector<CommittedText>& texts);
    std::string signature_of(const MadeStream& stream) const;
    std::string uuid();
    int64_t tick();
    std::string quarantined(const MadeStream& stream, std::string_view reason) const;

    Sink sink_;
    TreeFrontier tree_;
    uint64_t epoch_ = 1;
    int64_t now_us_ = 1'790'000'000'000'000;
    uint64_t streams_ = 0;
    std::string seen_;
};

}  // namespace countersign::testing
