#include "native/server/subject_keys.h"

#include <mutex>

#include "core/api/erase.h"
#include "core/base/concat.h"
#include "core/crypto/base64.h"
#include "core/keys/subject_key_file.h"
#include "core/store/settle.h"
#include "core/store/subjects.h"
#include "native/platform/files.h"
#include "native/platform/secrets.h"

namespace countersign::native {

namespace {

constexpr std::string_view kMasterStart = "countersign-master-key-1 ";

// Writer and readers ask from their own threads.
class LockedKeys : public SubjectKeys {
public:
    static Result<std::shared_ptr<SubjectKeys>> open(std::unique_ptr<store::Database> file, crypto::Secret master) {
        auto out = std::make_shared<LockedKeys>();
        out->keys_ = CS_TRY(keys::SubjectKeyFile::open(std::move(file), std::move(master), out->entropy_));
        return std::shared_ptr<SubjectKeys>(std::move(out));
    }

    Result<std::string> id() override { return locked()->id(); }

    std::string name_of(NamedKind kind, std::string_view project, std::string_view id) override {
        return locked()->name_of(kind, project, id);
    }

    Result<KeyRef> make() override { return locked()->make(); }

    Result<KeyRef> shared() override { return locked()->shared(); }

    Result<std::string> seal(const KeyRef& key, std::string_view text, std::string_view associated) override {
        return locked()->seal(key, text, associated);
    }

    Result<std::string> open(std::string_view box, std::string_view associated) override {
        return locked()->open(box, associated);
    }

    Status destroy(const Tombstone& tombstone) override { return locked()->destroy(tombstone); }

    Result<std::vector<Tombstone>> tombstones() override { return locked()->tombstones(); }

    Result<bool> is_erased(std::string_view name) override { return locked()->is_erased(name); }

    Status flush() override { return locked()->flush(); }

    void discard() override { locked()->discard(); }

private:
    class Locked {
    public:
        explicit Locked(LockedKeys& all) : lock_(all.mutex_), keys_(*all.keys_) {}

        keys::SubjectKeyFile* operator->() { return &keys_; }

    private:
        std::lock_guard<std::mutex> lock_;
        keys::SubjectKeyFile& keys_;
    };

    Locked locked() { return Locked(*this); }

    std::mutex mutex_;
    SystemEntropy entropy_;
    std::unique_ptr<keys::SubjectKeyFile> keys_;
};

Result<crypto::Secret> make_master(const std::filesystem::path& path) {
    SystemEntropy entropy;
    crypto::Secret master(entropy.bytes(keys::kMasterKey_bytes));
    CS_TRY_STATUS(write_file(path, concat(kMasterStart, crypto::to_base64(master.view()), '\n'), true));
    return master;
}

Result<crypto::Secret> read_master(const std::filesystem::path& path) {
    const std::string text = CS_TRY(read_file(path, 1'000));
    std::string_view line = text;
    const bool known = line.starts_with(kMasterStart) && line.ends_with('\n');
    auto bytes = known ? crypto::from_base64(line.substr(kMasterStart.size(), line.size() - kMasterStart.size() - 1))
                       : Result<std::string>(fail(ErrorCode::corrupt, ""));
    if (!bytes.ok() || bytes.value().size() != keys::kMasterKey_bytes) {
        return fail(ErrorCode::corrupt, "is not the master key of a data folder; bring it back", path.string());
    }
    return crypto::Secret(std::move(bytes).value());
}

}  // namespace

Result<std::shared_ptr<SubjectKeys>> open_subject_keys(const std::filesystem::path& folder, MissingKeys missing) {
    const std::filesystem::path master_path = folder / kMasterFile;
    const std::filesystem::path file_path = folder / kKeysFile;
    const bool has_master = std::filesystem::exists(master_path);
    const bool has_file = std::filesystem::exists(file_path);
    if ((!has_master || !has_file) && missing == MissingKeys::are_refused) {
        return fail(ErrorCode::failed_precondition,
                    concat("the texts of this store are sealed, and ", has_master ? kKeysFile : kMasterFile,
                           " is not here; bring it back"),
                    folder.string());
    }
    // The master key first: keys under one that a crash took would be lost.
    crypto::Secret master = has_master ? CS_TRY(read_master(master_path)) : CS_TRY(make_master(master_path));
    if (!has_file) {
        CS_TRY_STATUS(write_file(file_path, {}, true));  // SQLite gives its log the same mode
    }
    for (const char* ending : {"", "-wal", "-journal"}) {
        CS_TRY_STATUS(read_anew(file_path.string() + ending));
    }
    std::unique_ptr<store::Database> file = CS_TRY(store::Database::open({.path = file_path.string()}));
    if (auto settled = store::settle(*file); !settled.ok()) {
        return settled.error().at(file_path.string());
    }
    auto opened = LockedKeys::open(std::move(file), std::move(master));
    CS_TRY_STATUS(sync_folder(folder));
    return opened.ok() ? std::move(opened) : opened.error().at(file_path.string());
}

Result<std::shared_ptr<SubjectKeys>> read_subject_keys(const std::filesystem::path& folder) {
    const std::filesystem::path file_path = folder / kKeysFile;
    if (!std::filesystem::exists(folder / kMasterFile) || !std::filesystem::exists(file_path)) {
        return std::shared_ptr<SubjectKeys>();
    }
    crypto::Secret master = CS_TRY(read_master(folder / kMasterFile));
    std::unique_ptr<store::Database> file =
        CS_TRY(store::Database::open({.path = file_path.string(), .read_only = true}));
    auto opened = LockedKeys::open(std::move(file), std::move(master));
    return opened.ok() ? std::move(opened) : opened.error().at(file_path.string());
}

Status put_texts_in_order(store::Database& database, Instant now) {
    CS_TRY_STATUS(store::seal_plain_texts(database));
    CS_TRY(api::replay_erasures(database, now));
    return database.truncate_if_wanted();
}

}  // namespace countersign::native
