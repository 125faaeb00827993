#pragma once
// The lines of a push, one by one: a text behind its operation, and an operation whose line leaves empty what can be
// known. Used again and again they allocate nothing; one thread at a time.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/hash/sha256.h"
#include "core/json/canonical.h"
#include "core/log/commitment.h"

namespace countersign {

inline constexpr std::string_view kPushedPrevStart = R"("prev":")";
inline constexpr std::string_view kPushedCommitmentStart = R"("text":")";
inline constexpr size_t kDigestHex = 64;
// What the texts of a push may be.
inline constexpr std::string_view kPushedDomains[] = {kRationaleDomain, kAnswerDomain, kNoteDomain};

class PushedText {
public:
    // False: the line is no text; then it is an operation, or wrong. What it gives ends with the next call.
    bool read(std::string_view line);

    std::string_view domain() const { return domain_; }

    std::string_view key() const { return key_; }

    std::string_view text() const { return text_; }

private:
    bool read_canonical(std::string_view line);
    Status read_any(std::string_view line);

    CanonicalJson json_;
    std::string_view domain_;
    std::string key_;
    std::string_view text_;
    std::string unescaped_;
};

class PushedOperationLine {
public:
    void begin(std::string_view line);

    // Of the texts behind it, in their order.
    void add(const Digest& commitment) { commitments_.push_back(commitment); }

    // Puts in what was left empty. Whether the operation names `prev` as the one before it.
    bool finish(const Digest& prev);

    // What was hashed and signed, behind finish().
    const std::string& bytes() const { return bytes_; }

private:
    std::string_view line_;
    std::vector<Digest> commitments_;
    std::string bytes_;
};

}  // namespace countersign
