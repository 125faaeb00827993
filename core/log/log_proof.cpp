#include "core/log/log_proof.h"

#include "core/base/concat.h"
#include "core/base/decimal.h"
#include "core/crypto/base64.h"

namespace countersign {

namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
constexpr size_t kPath_max = 64;

class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) {}

    Result<std::string_view> next(std::string_view what) {
        const size_t end = rest_.find('\n');
        ++number_;
        if (end == std::string_view::npos) {
            return error(concat(what, " is missing"));
        }
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return line;
    }

    Error error(std::string message) const {
        return fail(ErrorCode::invalid_argument, std::move(message), concat("line ", number_));
    }

    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
    size_t number_ = 0;
};

}  // namespace

std::string log_proof_text(const LogProof& proof) {
    std::string out = concat(kHeader, '\n');
    if (proof.extra) {
        out += concat(kExtra, crypto::to_base64(*proof.extra), '\n');
    }
    out += concat(kIndex, proof.index, '\n');
    for (const Digest& hash : proof.path) {
        out += concat(crypto::to_base64(hash.view()), '\n');
    }
    return concat(out, '\n', proof.checkpoint);
}

Result<LogProof> parse_log_proof(std::string_view text) {
    Lines lines(text);
    LogProof out;
    if (CS_TRY(lines.next("the format's name")) != kHeader) {
        return lines.error(concat("must be ", kHeader));
    }
    std::string_view line = CS_TRY(lines.next("the index"));
    if (line.starts_with(kExtra)) {
        const auto extra = crypto::from_base64(line.substr(kExtra.size()));
        if (!extra.ok()) {
            return lines.error("the extra data is not base64");
        }
        out.extra = extra.value();
        line = CS_TRY(lines.next("the index"));
    }
    const auto index = line.starts_with(kIndex) ? read_decimal(line.substr(kIndex.size())) : std::nullopt;
    if (!index) {
        return lines.error("must be 'index' and a number");
    }
    out.index = *index;
    for (line = CS_TRY(lines.next("the checkpoint")); !line.empty(); line = CS_TRY(lines.next("the checkpoint"))) {
        const auto bytes = crypto::from_base64(line);
        const auto hash = bytes.ok() ? digest_from_bytes(bytes.value()) : Result<Digest>(bytes.error());
        if (!hash.ok()) {
            return lines.error("is not base64 of a SHA-256 hash");
        }
        if (out.path.size() == kPath_max) {
            return lines.error(concat("more than ", kPath_max, " hashes"));
        }
        out.path.push_back(hash.value());
    }
    out.checkpoint = lines.rest();
    return out;
}

}  // namespace countersign
