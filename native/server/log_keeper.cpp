#include "native/server/log_keeper.h"

#include "core/base/concat.h"
#include "core/crypto/base64.h"
#include "core/json/json.h"
#include "core/json/writer.h"
#include "core/log/checkpoint.h"
#include "core/log/note.h"
#include "native/platform/files.h"

namespace countersign::native {

namespace {

constexpr std::string_view kKeyFile = "log.key";
constexpr std::string_view kKeyStart = "countersign-log-key-1 ";
constexpr std::string_view kCheckpointsFile = "last-checkpoints";
constexpr uint64_t kCheckpointsLimit_bytes = 64 << 20;

Result<crypto::SigningKey> make_key(const std::filesystem::path& path, Entropy& entropy) {
    const std::string seed = entropy.bytes(crypto::kSeed_bytes);
    CS_TRY_STATUS(write_file(path, concat(kKeyStart, crypto::to_base64(seed), '\n'), true));
    return crypto::SigningKey::from_seed(seed);
}

struct Signed {
    LogOrigin origin;
    TreeHead head;
};

Result<Signed> read_signed(const std::string& text, const crypto::PublicKey& key) {
    const SignedNote note = CS_TRY(parse_note(text));
    const Checkpoint checkpoint = CS_TRY(parse_checkpoint(note.text));
    CS_TRY(verify_note(note, {note_key(checkpoint.origin, key)}));
    return Signed{CS_TRY(parse_origin(checkpoint.origin)), checkpoint.head};
}

Error put_back(const std::filesystem::path& folder, std::string_view project, uint64_t has, uint64_t was) {
    return fail(ErrorCode::failed_precondition,
                concat("the store was put back: the log of the project '", project, "' has ", has,
                       " entries, and a checkpoint over ", was,
                       " was signed and told; put the newer store there, or go on "
                       "from this one with 'countersign restore --in-place', which says so in the log"),
                folder.string());
}

}  // namespace

Result<crypto::SigningKey> read_log_key(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / kKeyFile;
    const std::string text = CS_TRY(read_file(path, 1'000));
    std::string_view line = text;
    const bool known = line.starts_with(kKeyStart) && line.ends_with('\n');
    const auto seed = known ? crypto::from_base64(line.substr(kKeyStart.size(), line.size() - kKeyStart.size() - 1))
                            : Result<std::string>(fail(ErrorCode::corrupt, ""));
    if (!seed.ok() || seed.value().size() != crypto::kSeed_bytes) {
        return fail(ErrorCode::corrupt, "is not the key of a log; bring it back from a backup", path.string());
    }
    return crypto::SigningKey::from_seed(seed.value());
}

Result<std::map<std::string, std::string>> read_last_checkpoints(const std::filesystem::path& folder) {
    std::map<std::string, std::string> out;
    const auto text = read_file(folder / kCheckpointsFile, kCheckpointsLimit_bytes);
    if (!text.ok()) {
        return text.error().code == ErrorCode::not_found ? Result<std::map<std::string, std::string>>(out)
                                                         : text.error();
    }
    std::string_view rest = text.value();
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const auto json = parse_json(line);
        if (!json.ok() || json.value().text_of("note").empty()) {
            return fail(ErrorCode::corrupt, "cannot be read; bring it back from a backup",
                        (folder / kCheckpointsFile).string());
        }
        out[json.value().text_of("project")] = json.value().text_of("note");
    }
    return out;
}

Status write_last_checkpoints(const std::filesystem::path& folder, const std::map<std::string, std::string>& notes) {
    std::string lines;
    for (const auto& [id, note] : notes) {
        JsonWriter writer;
        writer.begin_object().member("note", note).member("project", id).end_object();
        lines += std::move(writer).take();
        lines += '\n';
    }
    return write_file(folder / kCheckpointsFile, lines, false);
}

Result<LogKeeper> LogKeeper::open(const std::filesystem::path& folder, store::Database& database, Entropy& entropy) {
    store::ServerIdentity server = CS_TRY(store::ensure_identity(database, entropy));
    auto key = read_log_key(folder);
    if (!key.ok() && key.error().code == ErrorCode::not_found) {
        key = make_key(folder / kKeyFile, entropy);
    }
    LogKeeper keeper(folder, CS_TRY(std::move(key)), std::move(server));
    keeper.notes_ = CS_TRY(read_last_checkpoints(folder));
    CS_TRY_STATUS(keeper.check_key(database));
    CS_TRY_STATUS(keeper.check(database));
    return keeper;
}

// One epoch, one key: outsiders were told it.
Status LogKeeper::check_key(store::Database& database) const {
    const auto known = CS_TRY(store::epoch_key(database, server_.epoch));
    if (!known) {
        return store::note_epoch_key(database, server_.epoch, key_.public_key().view());
    }
    if (*known != key_.public_key().view()) {
        return fail(ErrorCode::corrupt,
                    "is not the key that this store's logs are signed with; bring that one back from a backup",
                    (folder_ / kKeyFile).string());
    }
    return success();
}

// Whether the store has everything that was signed, as it was signed.
Status LogKeeper::check(store::Database& database) const {
    for (const auto& [id, note] : notes_) {
        const Signed last = CS_TRY(read_signed(note, key_.public_key()));
        const auto project = store::find_project(database, ProjectId(id));
        if (!project.ok()) {
            return project.error().code == ErrorCode::not_found ? put_back(folder_, id, 0, last.head.size)
                                                                : project.error();
        }
        const bool older = last.origin.server != server_.server || last.origin.epoch > server_.epoch ||
                           last.head.size > project.value().head_seq;
        if (older) {
            return put_back(folder_, id, project.value().head_seq, last.head.size);
        }
        if (CS_TRY(seal::root_at(database, project.value(), last.head.size)) != last.head.root) {
            return fail(ErrorCode::corrupt,
                        concat("the log of the project '", id, "' is not the one of which a checkpoint over ",
                               last.head.size, " entries was signed; 'countersign doctor' says where they differ"),
                        folder_.string());
        }
    }
    return success();
}

Status LogKeeper::forget_checkpoints() {
    notes_.clear();
    return write_last_checkpoints(folder_, notes_);
}

Result<LogKeeper::Sealed> LogKeeper::seal(store::Database& database, Instant now) {
    Sealed out;
    store::Transaction transaction(database);
    CS_TRY_STATUS(transaction.begin());
    const std::vector<store::ProjectRow> projects = CS_TRY(store::list_projects(database));
    for (const store::ProjectRow& project : projects) {
        const auto sealed = CS_TRY(seal::seal(database, project, {server_, key_, now}));
        if (sealed) {
            notes_[project.id.text] = sealed->note;
            out.projects.push_back(project.id);
            out.more = out.more || sealed->size < project.head_seq;
        }
    }
    if (!out.projects.empty()) {
        CS_TRY_STATUS(write_last_checkpoints(folder_, notes_));
        CS_TRY_STATUS(transaction.commit());
    }
    return out;
}

}  // namespace countersign::native
