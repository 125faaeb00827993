#pragma once
// What devices sent: each stream's operations in a chain, signed by the stream's key.
//
//   hash of an operation = SHA-256("countersign-op1" 0x00 bytes);  `prev` is that of the one before, zeros for the
//   first signature            = Ed25519 over "countersign-head1\n<stream>\n<seq>\n<hash hex>\n"; it covers all before
//   it
//
// A stream has one tip, and one more for each time that a device was found to go on from an older state of itself (a
// copied profile): then two operations have the same number, which is a fact to be told and must stand in the log as
// stream_forked, at least the first time. Where a branch leaves its stream is compared with the tips only, so that
// memory does not grow with the log. An operation that waits for a lead is in the chain by the place and hash that the
// server recorded; it may be unsigned, which is a fact to be told. Streams of before devices signed were never opened,
// and begin anywhere.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto/ed25519.h"
#include "core/hash/sha256.h"
#include "core/verify/report.h"
#include "core/verify/signature_batch.h"

namespace countersign::verify {

class Streams {
public:
    // The batch outlives this.
    explicit Streams(SignatureBatch& batch) : batch_(batch) {}

    struct Opening {
        std::string_view account;  // as it stands, with quotes
        crypto::PublicKey key;
    };

    // One link of a stream's chain.
    struct Link {
        std::string_view stream;
        uint64_t seq = 0;
        Digest hash;
        std::optional<Digest> prev;  // nothing where the operation does not say it, or says another place
        bool counts = true;          // it may have an effect, so its device must have signed it
        bool waits = false;          // for a lead: it is where the server found it, whatever it says itself
        bool old = false;            // of version 1, from before devices signed
    };

    void open(Findings& findings, Place place, std::string_view stream, const Opening& opening);
    // `actor` as it stands, with its quotes.
    void add(Findings& findings, Place place, const Link& link, std::string_view actor);
    // Of the operation that was added last.
    void sign(Findings& findings, Place place, const Link& link, const crypto::Signature& signature);
    void note_fork(std::string_view stream, uint64_t seq);
    // What is left unsigned, and forks that nothing tells of.
    void finish(Findings& findings);

private:
    struct Tip {
        uint64_t seq = 0;
        Digest hash;
        std::optional<Digest> prev;
        std::optional<Place> unsigned_from;   // what counts
        std::optional<Place> unsigned_waits;  // what does not
    };

    struct Stream {
        std::string account;
        std::optional<crypto::PublicKey> key;
        std::vector<Tip> tips;  // the first is the stream itself, the others are branches
        std::optional<uint64_t> first_fork;
        std::map<uint64_t, Place> forks;
        std::set<uint64_t> noted;
    };

    // What happened to a tip since signatures were last checked: an operation came, or a signature below one.
    struct Happening {
        Stream* stream = nullptr;
        size_t tip = 0;
        Place place;
        std::optional<size_t> job;
        std::string what;  // below which operation; empty where that was said
        bool counts = true;
    };

    Stream& stream_of(Findings& findings, Place place, const Link& link);
    // The tip that the link goes on from, by its index.
    static size_t tip_for(Stream& stream, Findings& findings, Place place, const Link& link);
    void settle(Findings& findings);

    SignatureBatch& batch_;
    std::map<std::string, Stream, std::less<>> streams_;
    std::vector<Happening> happenings_;
    std::vector<SignatureJob> jobs_;
};

}  // namespace countersign::verify
