#include "core/sync/device_streams.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/crypto/ed25519.h"
#include "core/json/writer.h"

namespace countersign::sync {

namespace {

constexpr size_t kWaiting = 1'000;

// Why the stream that would have gone on does not; empty when there was none.
Result<store::StreamRow> predecessor(store::Database& database, const store::ProjectRow& project,
                                     const ActorId& account) {
    const std::vector<store::StreamRow> streams = CS_TRY(store::streams_of(database, account, &project));
    return streams.empty() ? store::StreamRow() : streams.back();
}

// Of these texts, the ones whose commitment stands in the operation's bytes.
std::vector<CommittedText> texts_named_in(std::string_view bytes, const std::vector<CommittedText>& texts) {
    std::vector<CommittedText> out;
    for (const CommittedText& text : texts) {
        if (bytes.find(to_hex(text.commitment)) != std::string_view::npos) {
            out.push_back(text);
        }
    }
    return out;
}

Result<std::vector<ItemId>> items_after(store::Database& database, const store::StreamRow& stream, uint64_t after) {
    std::vector<ItemId> out;
    for (const store::OperationRow& row : CS_TRY(store::stream_run(database, stream.stream, after + 1, kWaiting))) {
        if (out.empty() || out.back() != row.item) {
            out.push_back(row.item);
        }
    }
    return out;
}

}  // namespace

Result<store::StreamRow> ensure_stream(Device& device, const store::ProjectRow& project, const ActorId& account) {
    store::Database& database = device.database();
    if (auto known = CS_TRY(store::open_stream(database, account, project))) {
        return std::move(*known);
    }
    const store::StreamRow before = CS_TRY(predecessor(database, project, account));
    store::StreamRow stream;
    stream.stream = StreamId(concat(device.id().text, '.', to_hex(device.entropy().bytes(8))));
    stream.project_no = project.no;
    stream.account = account;
    stream.device = device.id();
    stream.secret = device.entropy().bytes(crypto::kSeed_bytes);
    stream.key = std::string(CS_TRY(crypto::SigningKey::from_seed(stream.secret)).public_key().view());
    stream.replaces = before.stream;
    stream.reason = before.stream.empty() ? "first_contact" : before.reason.empty() ? "upgraded" : before.reason;
    stream.opened = device.clock().now();
    CS_TRY_STATUS(store::add_stream(database, stream));
    return stream;
}

Status end_stream(Device& device, store::StreamRow stream, std::string_view reason) {
    if (stream.state != store::StreamState::open) {
        return success();
    }
    stream.state = store::StreamState::closed;
    CS_TRY_STATUS(store::set_reason(device.database(), stream.stream, reason));
    return store::save_stream(device.database(), stream);
}

Result<std::optional<Digest>> hash_at(store::Database& database, const store::StreamRow& stream, uint64_t seq) {
    if (seq == 0) {
        return std::optional<Digest>(Digest{});
    }
    for (const store::OperationRow& row : CS_TRY(store::operations_at(database, stream.stream, seq))) {
        return std::optional<Digest>(row.hash);
    }
    for (const store::OperationRow& next : CS_TRY(store::operations_at(database, stream.stream, seq + 1))) {
        return std::optional<Digest>(CS_TRY(read_envelope(next.bytes)).prev);
    }
    return std::optional<Digest>();
}

Result<PushBody> push_after(Device& device, const store::StreamRow& stream, uint64_t after, PushSize size) {
    store::Database& database = device.database();
    PushBody out;
    out.stream = stream.stream;
    out.from = after + 1;
    const auto before = CS_TRY(hash_at(database, stream, after));
    if (!before) {
        return fail(ErrorCode::not_found, concat("operation ", after, " of this device is no longer here"), "seq");
    }
    out.prev = *before;
    out.announced = stream.head.seq;
    size_t bytes = 0;
    for (const store::OperationRow& row :
         CS_TRY(store::stream_run(database, stream.stream, after + 1, size.operations))) {
        bytes += row.bytes.size();
        if (!out.operations.empty() && bytes > size.bytes) {
            break;
        }
        const std::vector<CommittedText> notes = CS_TRY(store::read_notes(database, row.item_no));
        out.operations.push_back({row.bytes, operation_hash(row.bytes), texts_named_in(row.bytes, notes)});
        for (const CommittedText& text : out.operations.back().texts) {
            bytes += text.text.size();
        }
    }
    if (out.operations.empty()) {
        return out;
    }
    out.waiting = CS_TRY(items_after(database, stream, out.last()));
    if (!stream.secret.empty()) {
        const crypto::SigningKey key = CS_TRY(crypto::SigningKey::from_seed(stream.secret));
        out.signature = key.sign(signed_head(stream.stream, out.last(), out.operations.back().hash)).view();
    }
    return out;
}

Result<std::string> hello_body(Device& device, const store::StreamRow& stream) {
    JsonWriter writer;
    writer.begin_object().member("account", stream.account.text).member("device", device.id().text);
    writer.member("stream", stream.stream.text);
    writer.member("key", to_hex(stream.key)).name("head").begin_object();
    writer.member("seq", static_cast<int64_t>(stream.head.seq)).member("hash", to_hex(stream.head.hash)).end_object();
    writer.name("waiting").begin_array();
    for (const ItemId& item : CS_TRY(items_after(device.database(), stream, stream.levels.saved))) {
        writer.text(item.text);
    }
    writer.end_array();
    if (!stream.reason.empty()) {
        writer.member("reason", stream.reason);
    }
    if (!stream.replaces.empty()) {
        writer.member("replaces", stream.replaces.text);
    }
    return std::move(writer.end_object()).take();
}

Result<std::vector<store::StreamRow>> unsaved_streams(store::Database& database, const ActorId& account) {
    std::vector<store::StreamRow> streams = CS_TRY(store::streams_of(database, account, nullptr));
    std::erase_if(streams, [](const store::StreamRow& stream) { return stream.levels.saved >= stream.head.seq; });
    std::vector<std::pair<Instant, store::StreamRow>> by_age;
    for (store::StreamRow& stream : streams) {
        const std::vector<store::OperationRow> oldest =
            CS_TRY(store::stream_run(database, stream.stream, stream.levels.saved + 1, 1));
        by_age.emplace_back(oldest.empty() ? Instant{} : oldest.front().at, std::move(stream));
    }
    std::stable_sort(by_age.begin(), by_age.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<store::StreamRow> out;
    for (auto& [at, stream] : by_age) {
        out.push_back(std::move(stream));
    }
    return out;
}

}  // namespace countersign::sync
