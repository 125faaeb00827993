#include "core/store/identity.h"

#include <algorithm>
#include <charconv>

#include "core/base/concat.h"
#include "core/hash/sha256.h"
#include "core/log/checkpoint.h"
#include "core/store/projects.h"

namespace countersign::store {

namespace {

constexpr std::string_view kServer = "server";
constexpr std::string_view kEpoch = "epoch";
constexpr std::string_view kContinues = "continues/";
constexpr std::string_view kKeyOf = "log-key/";
constexpr std::string_view kEpochs = "epochs/";
constexpr size_t kNonce_bytes = 8;

}  // namespace

std::string ServerIdentity::incarnation() const {
    return concat(epoch, '-', nonce);
}

std::string ServerIdentity::origin(const ProjectId& project) const {
    return origin_text({server, project.text, epoch});
}

Result<ServerIdentity> read_identity(Database& database) {
    const auto server = CS_TRY(read_meta(database, kServer));
    const auto epoch = CS_TRY(read_meta(database, kEpoch));
    if (!server || !epoch) {
        return fail(ErrorCode::failed_precondition, "no server has opened this store yet");
    }
    ServerIdentity out;
    out.server = *server;
    const auto [end, code] = std::from_chars(epoch->data(), epoch->data() + epoch->size(), out.epoch);
    if (code != std::errc{} || *end != '-') {
        return fail(ErrorCode::corrupt, concat("the store's epoch '", *epoch, "' cannot be read"), "epoch");
    }
    out.nonce = std::string(end + 1);
    return out;
}

Result<ServerIdentity> ensure_identity(Database& database, Entropy& entropy) {
    auto known = read_identity(database);
    if (known.ok() || known.error().code != ErrorCode::failed_precondition) {
        return known;
    }
    ServerIdentity made;
    made.server = to_hex(entropy.bytes(kNonce_bytes));
    made.epoch = 1;
    made.nonce = to_hex(entropy.bytes(kNonce_bytes));
    Transaction transaction(database);
    CS_TRY_STATUS(transaction.begin());
    CS_TRY_STATUS(write_meta(database, kServer, made.server));
    CS_TRY_STATUS(write_meta(database, kEpoch, made.incarnation()));
    CS_TRY_STATUS(transaction.commit());
    return made;
}

// One a line: "<incarnation> <continues>".
Result<std::vector<EpochMark>> read_epochs(Database& database, const ProjectRow& project) {
    const std::string text = CS_TRY(read_meta(database, concat(kEpochs, project.id.text))).value_or("");
    std::vector<EpochMark> out;
    for (size_t at = 0; at < text.size();) {
        const size_t end = text.find('\n', at);
        const size_t space = text.find(' ', at);
        if (end == std::string::npos || space > end) {
            return fail(ErrorCode::corrupt, "the store's list of epochs cannot be read", "epochs");
        }
        EpochMark mark{text.substr(at, space - at), 0};
        std::from_chars(text.data() + space + 1, text.data() + end, mark.continues);
        out.push_back(std::move(mark));
        at = end + 1;
    }
    return out;
}

Status write_epochs(Database& database, const ProjectRow& project, const std::vector<EpochMark>& epochs) {
    std::string text;
    for (const EpochMark& mark : epochs) {
        text += concat(mark.incarnation, ' ', mark.continues, '\n');
    }
    return write_meta(database, concat(kEpochs, project.id.text), text);
}

EventSeq common_entries(const std::vector<EpochMark>& a, const std::vector<EpochMark>& b) {
    size_t same = 0;
    while (same < a.size() && same < b.size() && a[same] == b[same]) {
        ++same;
    }
    const auto until = [same](const std::vector<EpochMark>& epochs) {
        return same < epochs.size() ? epochs[same].continues : UINT64_MAX;
    };
    return same == 0 ? 0 : std::min(until(a), until(b));
}

Result<EventSeq> continues_at(Database& database, const ProjectRow& project) {
    const auto known = CS_TRY(read_meta(database, concat(kContinues, project.id.text)));
    EventSeq out = 0;
    if (known) {
        std::from_chars(known->data(), known->data() + known->size(), out);
    }
    return out;
}

Status set_continues_at(Database& database, const ProjectRow& project, EventSeq size) {
    return write_meta(database, concat(kContinues, project.id.text), std::to_string(size));
}

Result<std::optional<std::string>> epoch_key(Database& database, uint64_t epoch) {
    const auto known = CS_TRY(read_meta(database, concat(kKeyOf, epoch)));
    if (!known) {
        return std::optional<std::string>();
    }
    auto bytes = from_hex(*known);
    return bytes.ok() ? Result<std::optional<std::string>>(std::move(bytes).value())
                      : fail(ErrorCode::corrupt, concat("the key of epoch ", epoch, " cannot be read"), "epoch");
}

Status note_epoch_key(Database& database, uint64_t epoch, std::string_view key) {
    return write_meta(database, concat(kKeyOf, epoch), to_hex(key));
}

Result<ServerIdentity> begin_epoch(Database& database, Entropy& entropy, Instant now, uint64_t above) {
    ServerIdentity next = CS_TRY(read_identity(database));
    next.epoch = std::max(std::max(next.epoch, above) + 1, static_cast<uint64_t>(std::max<int64_t>(now.us / 1'000, 0)));
    next.nonce = to_hex(entropy.bytes(kNonce_bytes));
    CS_TRY_STATUS(write_meta(database, kEpoch, next.incarnation()));
    return next;
}

}  // namespace countersign::store
