#include "core/bundle/bundle_writer.h"

#include "core/base/concat.h"
#include "core/bundle/bundle_lines.h"
#include "core/log/leaf.h"
#include "core/log/named_texts.h"
#include "core/log/note.h"
#include "core/log/operation.h"
#include "core/store/items.h"

namespace countersign::bundle {

namespace {

constexpr size_t kPiece_bytes = size_t{64} * 1024;
constexpr size_t kRun = 200;
constexpr size_t kCheckpoints = 500;

// What an entry names: its body, and the operation in it, which may say more than the body that it came to.
std::vector<NamedText> texts_of(const Event& event) {
    std::vector<NamedText> out = texts_named_by(event.body);
    if (!event.operation || event.operation->bytes.empty()) {
        return out;
    }
    const auto json = parse_json(event.operation->bytes);
    const auto operation = json.ok() ? read_operation(json.value()) : Result<Operation>(json.error());
    if (operation.ok()) {
        const std::vector<NamedText> more = texts_named_by(operation.value().command);
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

}  // namespace

Result<BundleWriter> BundleWriter::open(store::Database& database, const ProjectId& project,
                                        const BundleOptions& options) {
    BundleWriter out(CS_TRY(store::find_project(database, project)), CS_TRY(store::read_identity(database)), options);
    auto newest = CS_TRY(store::newest_checkpoint(database, out.project_));
    if (!newest) {
        return fail(ErrorCode::not_found,
                    concat("the log of the project '", project.text,
                           "' has no checkpoint yet; the first one comes some seconds after the first entry"),
                    "log");
    }
    out.end_ = std::move(*newest);
    return out;
}

Status BundleWriter::write_key(store::Database& database, uint64_t epoch, std::string& out) {
    crypto::PublicKey key = options_.key;
    if (const auto known = CS_TRY(store::epoch_key(database, epoch))) {
        key = CS_TRY(crypto::public_key_from_bytes(*known));
    }
    store::ServerIdentity then = server_;
    then.epoch = epoch;
    out += key_line(vkey_text(note_key(then.origin(project_.id), key)));
    key_of_ = epoch;
    return success();
}

// Those that are over what was written so far.
Status BundleWriter::take_checkpoints(store::Database& database, std::string& out) {
    for (;;) {
        if (checkpoints_.empty()) {
            std::vector<store::CheckpointRow> more = CS_TRY(
                store::checkpoints_after(database, project_, asked_.value_or(store::CheckpointAt{}), kCheckpoints));
            if (more.empty()) {
                return success();
            }
            asked_ = store::CheckpointAt{more.back().epoch, more.back().size};
            checkpoints_.assign(std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
        }
        const store::CheckpointRow& next = checkpoints_.front();
        if (next.size > leaves_) {
            return success();
        }
        if (key_of_ != next.epoch) {
            CS_TRY_STATUS(write_key(database, next.epoch, out));
        }
        out += checkpoint_line(next.note);
        checkpoints_.pop_front();
    }
}

Status BundleWriter::write_named(store::Database& database, const Event& event, std::string& out) {
    for (const NamedText& named : texts_of(event)) {
        if (written_.flags(named.commitment) != 0) {
            continue;
        }
        const auto text = CS_TRY(store::read_note(database, named.commitment));
        // What does not open is no text of this entry; a device may name what it likes.
        if (text && opens(*text, named.domain)) {
            out += text_line(*text, named.domain);
            written_.add(named.commitment, verify::CommitmentTable::kTextSeen);
        }
    }
    return success();
}

Status BundleWriter::write_texts(store::Database& database, const store::StoredEvent& stored, std::string& out) {
    const auto event = decode_leaf(stored.leaf);
    if (!event.ok()) {
        return event.error().code == ErrorCode::unimplemented ? success() : Status(event.error());
    }
    if (std::holds_alternative<ItemIngested>(event.value().body) && stored.item_no != 0) {
        const auto document = store::read_document(database, stored.item_no);
        if (document.ok()) {
            out += text_line(document.value(), kDocumentDomain);
        } else if (document.error().code != ErrorCode::not_found) {
            return document.error();
        }
    }
    return write_named(database, event.value(), out);
}

Status BundleWriter::take_entries(store::Database& database, std::string& out) {
    const size_t wanted = static_cast<size_t>(std::min<uint64_t>(kRun, end_.size - leaves_));
    const std::vector<store::StoredEvent> run = CS_TRY(store::read_run(database, project_, leaves_, wanted));
    for (const store::StoredEvent& stored : run) {
        if (stored.seq != leaves_ + 1) {
            break;
        }
        out += leaf_line(stored.leaf);
        ++leaves_;
        if (options_.texts == Texts::with) {
            CS_TRY_STATUS(write_texts(database, stored, out));
        }
        CS_TRY_STATUS(take_checkpoints(database, out));
        if (out.size() >= kPiece_bytes) {
            return success();
        }
    }
    return run.size() == wanted && run.back().seq == leaves_
               ? success()
               : Status(fail(ErrorCode::corrupt,
                             concat("entry ", leaves_ + 1, " of the log of '", project_.id.text, "' is missing"),
                             "log"));
}

Result<bool> BundleWriter::next(store::Database& database, std::string& out) {
    if (done_) {
        return false;
    }
    std::string piece;
    if (!begun_) {
        piece += head_line(options_.made, project_.id.text, server_.server);
        begun_ = true;
    }
    while (leaves_ < end_.size && piece.size() < kPiece_bytes) {
        CS_TRY_STATUS(take_entries(database, piece));
    }
    hash_.update(piece);
    if (leaves_ == end_.size) {
        piece += end_line(leaves_, hash_.finish());
        done_ = true;
    }
    out += piece;
    return true;
}

}  // namespace countersign::bundle
