#pragma once
// Verifies a bundle (core/verify/bundle.h) as it comes: bytes in pieces of any size, a report at the end. No server, no
// network, no clock; the same report natively and in wasm.
//
// Contract: memory does not grow with the log but for a tip a stream, 48 bytes a checkpoint and 44 to 88 bytes a
// commitment; at most one line is held. Any bytes give a report: nothing that a file says is an error of this class.
// What it proves and what not: docs/verify.md.

#include <memory>
#include <string>
#include <string_view>

#include "core/json/canonical.h"
#include "core/verify/leaf_checks.h"
#include "core/verify/report.h"

namespace countersign::verify {

class BundleVerifier {
public:
    BundleVerifier() : state_(serial_) {}

    // With threads, where there are some; `batch` outlives this.
    explicit BundleVerifier(SignatureBatch& batch) : state_(batch) {}

    // Before the first bytes: what the auditor has from elsewhere.
    void trust(TrustedKey key) { state_.seals.trust(std::move(key)); }

    void expect(OwnCheckpoint own) { state_.seals.expect(std::move(own)); }

    void feed(std::string_view bytes);
    // Once, behind the last bytes.
    Report finish();

    const Report& so_far() { return state_.findings.report(); }

private:
    void take_line(std::string_view line);
    void take_head(std::string_view line);
    void take_leaf(std::string_view leaf);
    void take_key(std::string_view line);
    void take_checkpoint(std::string_view line);
    void take_text(std::string_view line);
    void take_end(std::string_view line);
    // Reads the line, or says what is wrong with it.
    template <class Read>
    auto read_line(std::string_view line, Read read) -> decltype(read(CanonicalValue()));

    Place here() const { return {.leaf = 0, .line = line_}; }

    SignatureBatch serial_;
    VerifyState state_;
    CanonicalJson json_;
    Sha256Stream hash_;
    std::string rest_;       // of a line whose end has not come yet
    bool too_long_ = false;  // the line is passed over to its end
    bool ended_ = false;
    bool more_behind_end_ = false;
    uint64_t line_ = 0;
};

}  // namespace countersign::verify
