#include "core/sync/log_watch.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/json/writer.h"
#include "core/log/note.h"
#include "core/log/tile_hashes.h"
#include "core/store/checkpoints.h"
#include "core/store/identity.h"
#include "core/store/ledger.h"
#include "core/store/notices.h"
#include "core/sync/incarnation.h"

namespace countersign::sync {

namespace {

constexpr std::string_view kKey = "log_key";
constexpr Duration kAnyway{10 * kMinute_us};  // a checkpoint is verified though nothing of one's own depends on it
constexpr size_t kOwnEvents = 500;            // of one check; the rest with the next

std::string claim_name(const ProjectId& project) {
    return concat("log_claim/", project.text);
}

Result<std::optional<SeenCheckpoint>> read_claim(store::Database& database, const ProjectId& project) {
    const auto text = CS_TRY(store::read_meta(database, claim_name(project)));
    if (!text || text->empty()) {
        return std::optional<SeenCheckpoint>();
    }
    const Json json = CS_TRY(parse_json(*text));
    const Json* epoch = json.find("epoch");
    const Json* size = json.find("size");
    if (epoch == nullptr || epoch->integer() == nullptr || size == nullptr || size->integer() == nullptr) {
        return std::optional<SeenCheckpoint>();
    }
    const std::string root = json.text_of("root");
    return std::optional<SeenCheckpoint>({static_cast<uint64_t>(*epoch->integer()),
                                          static_cast<uint64_t>(*size->integer()), CS_TRY(digest_from_hex(root))});
}

// Tiles that are here; asks for the others by failing.
class HeldTiles : public TileSource {
public:
    HeldTiles(const std::map<Tile, std::string>& held, std::vector<Tile>& missing) : held_(held), missing_(missing) {}

    Result<std::vector<std::string>> read(const std::vector<Tile>& tiles) override {
        std::vector<std::string> out;
        for (const Tile& tile : tiles) {
            const auto found = held_.find(tile);
            if (found == held_.end()) {
                missing_.push_back(tile);
            } else {
                out.push_back(found->second);
            }
        }
        return missing_.empty() ? Result<std::vector<std::string>>(std::move(out))
                                : fail(ErrorCode::unavailable, "tiles are missing");
    }

private:
    const std::map<Tile, std::string>& held_;
    std::vector<Tile>& missing_;
};

}  // namespace

Status remember_claim(store::Database& database, const ProjectId& project, const SeenCheckpoint& claim) {
    JsonWriter writer;
    writer.begin_object().member("epoch", static_cast<int64_t>(claim.epoch)).member("root", to_hex(claim.root));
    writer.member("size", static_cast<int64_t>(claim.size)).end_object();
    return store::write_meta(database, claim_name(project), std::move(writer).take());
}

Result<std::optional<crypto::PublicKey>> LogWatch::key() {
    const auto known = CS_TRY(store::read_meta(device_.database(), kKey));
    if (!known) {
        return std::optional<crypto::PublicKey>();
    }
    const std::string bytes = CS_TRY(from_hex(*known));
    return std::optional<crypto::PublicKey>(CS_TRY(crypto::public_key_from_bytes(bytes)));
}

Status LogWatch::keep_key(std::string_view hex) {
    const std::string bytes = CS_TRY(from_hex(hex));
    CS_TRY(crypto::public_key_from_bytes(bytes));
    verified_note_.clear();
    return store::write_meta(device_.database(), kKey, hex);
}

// The same one is asked about again and again while its tiles come.
Result<Checkpoint> LogWatch::read(const std::string& note) {
    if (!note.empty() && note == verified_note_) {
        return verified_;
    }
    const auto known = CS_TRY(key());
    if (!known) {
        return fail(ErrorCode::failed_precondition, "the server's key is not known yet");
    }
    const SignedNote parsed = CS_TRY(parse_note(note));
    Checkpoint checkpoint = CS_TRY(parse_checkpoint(parsed.text));
    CS_TRY(verify_note(parsed, {note_key(checkpoint.origin, *known)}));
    const LogOrigin origin = CS_TRY(parse_origin(checkpoint.origin));
    if (origin.project != project_.text) {
        return fail(ErrorCode::invalid_argument, concat("the checkpoint is of the project '", origin.project, "'"));
    }
    verified_note_ = note;
    verified_ = checkpoint;
    return checkpoint;
}

Result<bool> LogWatch::wants(const std::string& note) {
    const auto known = CS_TRY(key());
    if (!known || note.empty()) {
        return false;
    }
    const Checkpoint checkpoint = CS_TRY(read(note));
    const store::ProjectRow project = CS_TRY(store::find_project(device_.database(), project_));
    const auto last = CS_TRY(store::newest_checkpoint(device_.database(), project));
    const uint64_t epoch = CS_TRY(parse_origin(checkpoint.origin)).epoch;
    if (epoch < epoch_of(CS_TRY(known_incarnation(device_.database(), project)))) {
        return false;  // of a life of the server that is over: it has its tiles no more
    }
    if (last && last->epoch == epoch && last->size >= checkpoint.head.size) {
        return false;
    }
    const bool first = !last || last->epoch != epoch;
    const Duration since = first ? Duration{} : device_.clock().now() - last->at;
    return first || since > kAnyway || since < Duration{} ||  // a clock that was set back
           !CS_TRY(own_below(project, checkpoint.head.size)).empty();
}

// Streams of the account of which this checkpoint can seal more.
Result<std::vector<LogWatch::Own>> LogWatch::own_below(const store::ProjectRow& project, uint64_t size) {
    std::vector<Own> out;
    size_t events = 0;
    for (store::StreamRow& stream : CS_TRY(store::streams_of(device_.database(), account_, &project))) {
        Own own;
        own.sealed = std::min(CS_TRY(store::confirmed_below(device_.database(), stream, stream.levels.sealed, size)),
                              stream.levels.saved);
        if (own.sealed <= stream.levels.sealed || events >= kOwnEvents) {
            continue;
        }
        own.sealed = std::min(own.sealed, stream.levels.sealed + kOwnEvents);
        own.events = CS_TRY(store::events_above(device_.database(), stream, stream.levels.sealed, own.sealed));
        own.stream = std::move(stream);
        events += own.events.size();
        out.push_back(std::move(own));
    }
    return out;
}

Status LogWatch::compare(const store::ProjectRow& project, const Checkpoint& checkpoint, SubtreeHashes& hashes) {
    const auto same_beginning = [&](uint64_t size, const Digest& root, std::string_view whose) -> Status {
        if (size > 0 && size <= checkpoint.head.size && CS_TRY(root_of(size, hashes)) != root) {
            return fail(ErrorCode::corrupt,
                        concat("the server's log of ", checkpoint.head.size, " entries does not begin with the one of ",
                               size, " entries that ", whose, " has seen"));
        }
        return success();
    };
    if (const auto last = CS_TRY(store::newest_checkpoint(device_.database(), project))) {
        // In a new epoch the log goes on from where it was restored; what this device saw beyond that is gone, as it
        // was told.
        const uint64_t epoch = CS_TRY(parse_origin(checkpoint.origin)).epoch;
        const bool cut_off =
            last->epoch != epoch && last->size > CS_TRY(store::continues_at(device_.database(), project));
        CS_TRY_STATUS(cut_off ? success() : same_beginning(last->size, last->root, "this device"));
    }
    const auto claim = CS_TRY(read_claim(device_.database(), project_));
    const bool comparable = claim && claim->epoch == CS_TRY(parse_origin(checkpoint.origin)).epoch;
    return comparable ? same_beginning(claim->size, claim->root, "somebody else's device") : success();
}

Status LogWatch::prove(const store::ProjectRow& project, const Checkpoint& checkpoint, const std::vector<Own>& own,
                       std::vector<Tile>& missing) {
    HeldTiles source(tiles_, missing);
    TileHashes hashes(checkpoint.head, source);
    std::vector<Subtree> leaves;
    std::vector<Digest> expected;
    for (const Own& one : own) {
        for (const EventSeq seq : one.events) {
            if (seq > checkpoint.head.size) {
                return fail(ErrorCode::invalid_argument, concat("the checkpoint does not reach event ", seq));
            }
            const store::StoredEvent event = CS_TRY(store::read_event(device_.database(), project, seq));
            leaves.push_back({0, seq - 1});
            expected.push_back(leaf_hash(event.leaf));
        }
    }
    CS_TRY_STATUS(compare(project, checkpoint, hashes));
    const std::vector<Digest> found = CS_TRY(hashes.read(leaves));
    for (size_t i = 0; i < found.size(); ++i) {
        if (found[i] != expected[i]) {
            return fail(ErrorCode::corrupt, concat("entry ", leaves[i].index + 1,
                                                   " of the server's log is not the one that this device was shown"));
        }
    }
    return success();
}

Status LogWatch::raise(const store::ProjectRow& project, const Checkpoint& checkpoint, const std::string& note,
                       const std::vector<Own>& own) {
    store::CheckpointRow row;
    row.epoch = CS_TRY(parse_origin(checkpoint.origin)).epoch;
    row.size = checkpoint.head.size;
    row.root = checkpoint.head.root;
    row.note = note;
    row.at = device_.clock().now();
    CS_TRY_STATUS(store::add_checkpoint(device_.database(), project, row));
    for (const Own& one : own) {
        store::StreamRow stream = one.stream;
        stream.levels.sealed = one.sealed;
        CS_TRY_STATUS(store::save_stream(device_.database(), stream));
    }
    CS_TRY_STATUS(store::raise_stable(device_.database(), project));
    return store::write_meta(device_.database(), claim_name(project_), "");
}

Status LogWatch::dispute(const std::string& note) {
    const Checkpoint checkpoint = CS_TRY(read(note));
    const store::ProjectRow project = CS_TRY(store::find_project(device_.database(), project_));
    store::NoticeRow row;
    row.kind = store::NoticeKind::log_disputed;
    row.account = account_;
    row.project_no = project.no;
    row.count = checkpoint.head.size;
    row.at = device_.clock().now();
    return store::add_notice(device_.database(), row);
}

bool LogWatch::is_of(const std::string& note, std::string_view incarnation) {
    const auto parsed = parse_note(note);
    const auto checkpoint = parsed.ok() ? parse_checkpoint(parsed.value().text) : Result<Checkpoint>(parsed.error());
    const auto origin =
        checkpoint.ok() ? parse_origin(checkpoint.value().origin) : Result<LogOrigin>(checkpoint.error());
    return origin.ok() && origin.value().epoch == epoch_of(incarnation);
}

Result<std::vector<Tile>> LogWatch::check(const std::string& note) {
    const Checkpoint checkpoint = CS_TRY(read(note));
    const store::ProjectRow project = CS_TRY(store::find_project(device_.database(), project_));
    const std::vector<Own> own = CS_TRY(own_below(project, checkpoint.head.size));
    if (const uint64_t epoch = CS_TRY(parse_origin(checkpoint.origin)).epoch; epoch != tiles_epoch_) {
        tiles_.clear();
        tiles_epoch_ = epoch;
    }
    std::vector<Tile> missing;
    const Status proven = prove(project, checkpoint, own, missing);
    if (!missing.empty()) {
        return missing;
    }
    if (!proven.ok()) {
        tiles_.clear();
        return proven.error();
    }
    store::Transaction transaction(device_.database());
    CS_TRY_STATUS(transaction.begin());
    CS_TRY_STATUS(raise(project, checkpoint, note, own));
    CS_TRY_STATUS(transaction.commit());
    std::erase_if(tiles_, [](const auto& held) { return held.first.width != kTileWidth; });
    return std::vector<Tile>();
}

}  // namespace countersign::sync
