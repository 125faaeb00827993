#include "core/doctor/examination.h"
#include "core/log/leaf.h"
#include "core/log/push_reader.h"
#include "core/store/inbox.h"
#include "core/store/operations.h"
#include "core/store/streams.h"

namespace countersign::doctor {

namespace {

// Hashes at this place of the stream: of operations that were judged, and of those that still wait to be.
Result<std::vector<Digest>> hashes_at(store::Database& database, const StreamId& stream, uint64_t seq,
                                      const std::vector<store::InboxRow>& inbox) {
    std::vector<Digest> out;
    for (const store::OperationRow& row : CS_TRY(store::operations_at(database, stream, seq))) {
        out.push_back(row.hash);
    }
    for (const store::InboxRow& waiting : inbox) {
        const std::vector<PushedOperation> batch = read_pushed_operations(waiting.body, waiting.prev);
        if (waiting.from <= seq && seq - waiting.from < batch.size()) {
            out.push_back(batch[static_cast<size_t>(seq - waiting.from)].hash);
        }
    }
    return out;
}

bool is_signed(const store::StreamRow& row, const std::vector<Digest>& hashes) {
    const auto key = crypto::public_key_from_bytes(row.key);
    const auto signature = crypto::signature_from_bytes(row.signature);
    for (const Digest& hash : hashes) {
        if (key.ok() && signature.ok() &&
            crypto::verify(key.value(), signed_head(row.stream, row.signed_seq, hash), signature.value())) {
            return true;
        }
    }
    return false;
}

Status check_row(Examination& examination, const store::StreamRow& row) {
    const std::string place = concat("stream ", row.stream.text);
    const auto inbox = store::read_inbox(examination.stored(), &row.stream);
    if (!inbox.ok()) {
        // Sealed, and the keys are not here: the texts' own check says so. Damaged, or the one key is missing: a
        // finding.
        if (inbox.error().code != ErrorCode::failed_precondition) {
            examination.find(place, inbox.error().message);
        }
        return examination.done();
    }
    if (row.head.seq > 0) {
        const std::vector<Digest> hashes =
            CS_TRY(hashes_at(examination.stored(), row.stream, row.head.seq, inbox.value()));
        if (std::find(hashes.begin(), hashes.end(), row.head.hash) == hashes.end()) {
            examination.find(place, concat("its head is operation ", row.head.seq, " (",
                                           to_hex(row.head.hash).substr(0, 12), "), which is not there"));
        }
    }
    if (row.signed_seq > 0) {
        const std::vector<Digest> hashes =
            CS_TRY(hashes_at(examination.stored(), row.stream, row.signed_seq, inbox.value()));
        if (!is_signed(row, hashes)) {
            examination.find(place, concat("its signature over operation ", row.signed_seq, " does not hold"));
        }
    }
    return examination.done();
}

// Whoever was let in by the log is known, by the same key.
Status check_openings(Examination& examination) {
    store::Statement select =
        CS_TRY(examination.stored().prepare("SELECT leaf FROM event WHERE type = 'stream_opened' ORDER BY at_key"));
    while (CS_TRY(select.step())) {
        const auto event = decode_leaf(select.text(0));
        const auto* opened = event.ok() ? std::get_if<StreamOpened>(&event.value().body) : nullptr;
        if (opened == nullptr) {
            continue;  // the log's own check has told of it
        }
        const auto row = CS_TRY(store::find_stream(examination.stored(), opened->stream));
        if (!row) {
            examination.find(concat("stream ", opened->stream.text), "was opened in the log, and is not known");
        } else if (row->key != opened->key || row->account != opened->account || row->device != opened->device) {
            examination.find(concat("stream ", opened->stream.text),
                             "is not of the account, the device or the key that the log opened it for");
        }
    }
    return success();
}

}  // namespace

Status check_streams(Examination& examination) {
    const std::vector<store::ProjectRow> projects = CS_TRY(store::list_projects(examination.stored()));
    for (const store::ProjectRow& project : projects) {
        for (const store::StreamRow& row : CS_TRY(store::streams_of_project(examination.stored(), project))) {
            CS_TRY_STATUS(check_row(examination, row));
        }
    }
    return check_openings(examination);
}

}  // namespace countersign::doctor
