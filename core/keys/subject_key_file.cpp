#include "core/keys/subject_key_file.h"

#include "core/base/concat.h"
#include "core/crypto/aead.h"
#include "core/hash/sha256.h"

namespace countersign::keys {

namespace {

constexpr size_t kId_bytes = 16;
constexpr size_t kKnown = 10'000;  // keys held unwrapped
constexpr std::string_view kProbe = "countersign-keys-1";

// erased: what nobody may make again, the keys themselves and the names of items and subjects.
constexpr const char* kTables = R"sql(
CREATE TABLE fact(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE key(ref BLOB PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tombstone(no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, project TEXT NOT NULL, leaves TEXT NOT NULL) STRICT;
CREATE TABLE erased(name BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
PRAGMA user_version=1;
)sql";

crypto::Secret derived(const crypto::Secret& master, std::string_view purpose) {
    Digest digest = hmac_sha256(master.view(), purpose);
    std::string bytes(digest.view());
    digest = {};
    return crypto::Secret(std::move(bytes));
}

Result<std::string> read_fact(store::Database& file, std::string_view name) {
    store::Statement select = CS_TRY(file.prepare("SELECT value FROM fact WHERE name = ?"));
    select.bind(name);
    return CS_TRY(select.step()) ? std::string(select.blob(0)) : std::string();
}

Status write_fact(store::Database& file, std::string_view name, std::string_view value) {
    store::Statement insert = CS_TRY(file.prepare("INSERT INTO fact(name, value) VALUES (?, ?)"));
    return insert.bind(name).bind_blob(value).run();
}

}  // namespace

SubjectKeyFile::SubjectKeyFile(std::unique_ptr<store::Database> file, const crypto::Secret& master, Entropy& entropy)
    : file_(std::move(file)),
      wrap_(derived(master, "countersign-wrap-1")),
      names_(derived(master, "countersign-names-1")),
      entropy_(entropy) {}

Result<std::unique_ptr<SubjectKeyFile>> SubjectKeyFile::open(std::unique_ptr<store::Database> file,
                                                             crypto::Secret master, Entropy& entropy) {
    CS_CHECK(master.size() == kMasterKey_bytes);
    std::unique_ptr<SubjectKeyFile> out(new SubjectKeyFile(std::move(file), master, entropy));
    CS_TRY_STATUS(out->prepare());
    return out;
}

Status SubjectKeyFile::prepare() {
    int64_t version = 0;
    {
        store::Statement select = CS_TRY(file_->prepare("PRAGMA user_version"));
        CS_TRY(select.step());
        version = select.integer(0);
    }
    if (version > 1) {
        return fail(ErrorCode::failed_precondition, "the keys were written by a newer Countersign");
    }
    if (version == 0) {
        store::Transaction transaction(*file_);
        CS_TRY_STATUS(transaction.begin());
        CS_TRY_STATUS(file_->execute(kTables));
        CS_TRY_STATUS(write_fact(*file_, "id", entropy_.bytes(kId_bytes)));
        std::string probe;
        append_sealed(probe, wrap_, kProbe, kProbe);
        CS_TRY_STATUS(write_fact(*file_, "probe", probe));
        CS_TRY_STATUS(transaction.commit());
    }
    id_ = to_hex(CS_TRY(read_fact(*file_, "id")));
    const std::string probe = CS_TRY(read_fact(*file_, "probe"));
    if (!opened(wrap_, probe, kProbe).ok()) {
        return fail(ErrorCode::failed_precondition, "the keys were made under another master key");
    }
    return success();
}

std::string SubjectKeyFile::name_of(NamedKind kind, std::string_view project, std::string_view id) {
    const std::string_view what = kind == NamedKind::item ? "item" : "subject";
    std::string words(what);
    words.append(1, '\0').append(project).append(1, '\0').append(id);
    return std::string(hmac_sha256(names_.view(), words).view());
}

Status SubjectKeyFile::begin() {
    return file_->in_transaction() ? success() : file_->begin();
}

Result<KeyRef> SubjectKeyFile::make() {
    CS_TRY_STATUS(begin());
    if (made_ == 0) {
        store::Statement last = CS_TRY(file_->prepare("SELECT ref FROM key ORDER BY ref DESC LIMIT 1"));
        if (CS_TRY(last.step())) {
            for (size_t i = 0; i < sizeof made_; ++i) {
                made_ = made_ << 8U | static_cast<unsigned char>(last.blob(0)[i]);
            }
        }
    }
    ++made_;
    KeyRef ref;
    for (int shift = 56; shift >= 0; shift -= 8) {
        ref.push_back(static_cast<char>(made_ >> static_cast<unsigned>(shift) & 0xffU));
    }
    ref += entropy_.bytes(kKeyRef_bytes - ref.size());
    crypto::Secret secret(entropy_.bytes(crypto::kBoxKey_bytes));
    std::string wrapped;
    append_sealed(wrapped, wrap_, secret.view(), ref);
    store::Statement insert = CS_TRY(file_->prepare("INSERT INTO key(ref, wrapped) VALUES (?, ?)"));
    CS_TRY_STATUS(insert.bind_blob(ref).bind_blob(wrapped).run());
    remember(ref, std::move(secret));
    return ref;
}

const crypto::Secret& SubjectKeyFile::remember(const KeyRef& ref, crypto::Secret secret) {
    if (known_.size() >= kKnown) {
        known_.clear();
    }
    return known_.emplace(ref, std::move(secret)).first->second;
}

Result<KeyRef> SubjectKeyFile::shared() {
    KeyRef ref = CS_TRY(read_fact(*file_, "shared"));
    if (ref.empty()) {
        ref = CS_TRY(make());
        CS_TRY_STATUS(write_fact(*file_, "shared", ref));
    }
    return ref;
}

Result<crypto::Secret> SubjectKeyFile::unwrap(const KeyRef& ref) {
    store::Statement select = CS_TRY(file_->prepare("SELECT wrapped FROM key WHERE ref = ?"));
    select.bind_blob(ref);
    if (!CS_TRY(select.step())) {
        return CS_TRY(is_erased(ref))
                   ? fail(ErrorCode::gone, "the key was destroyed: its subject was erased")
                   : fail(ErrorCode::not_found, "the key of a text is not here; bring the file with the keys back");
    }
    return crypto::Secret(CS_TRY(opened(wrap_, select.blob(0), ref)));
}

Result<const crypto::Secret*> SubjectKeyFile::key(const KeyRef& ref) {
    const auto known = known_.find(ref);
    return known == known_.end() ? &remember(ref, CS_TRY(unwrap(ref))) : &known->second;
}

// Once in memory: a push is sealed as one text.
void SubjectKeyFile::append_sealed(std::string& out, const crypto::Secret& under, std::string_view text,
                                   std::string_view associated) {
    const std::string nonce = entropy_.bytes(crypto::kBoxNonce_bytes);
    out.reserve(out.size() + nonce.size() + text.size() + crypto::kBoxTag_bytes);
    out += nonce;
    crypto::append_sealed(out, under, nonce, text, associated);
}

Result<std::string> SubjectKeyFile::opened(const crypto::Secret& under, std::string_view box,
                                           std::string_view associated) const {
    if (box.size() < crypto::kBoxNonce_bytes + crypto::kBoxTag_bytes) {
        return fail(ErrorCode::corrupt, "the store is damaged: a sealed text is cut off");
    }
    return crypto::open(under, box.substr(0, crypto::kBoxNonce_bytes), box.substr(crypto::kBoxNonce_bytes), associated);
}

Result<std::string> SubjectKeyFile::seal(const KeyRef& ref, std::string_view text, std::string_view associated) {
    const crypto::Secret* secret = CS_TRY(key(ref));
    std::string out = ref;
    append_sealed(out, *secret, text, associated);
    return out;
}

Result<std::string> SubjectKeyFile::open(std::string_view box, std::string_view associated) {
    if (box.size() < kKeyRef_bytes) {
        return fail(ErrorCode::corrupt, "the store is damaged: a sealed text names no key");
    }
    const crypto::Secret* secret = CS_TRY(key(KeyRef(box.substr(0, kKeyRef_bytes))));
    return opened(*secret, box.substr(kKeyRef_bytes), associated);
}

Status SubjectKeyFile::destroy(const Tombstone& tombstone) {
    CS_TRY_STATUS(begin());
    store::Statement insert =
        CS_TRY(file_->prepare("INSERT OR IGNORE INTO tombstone(id, project, leaves) VALUES (?, ?, ?)"));
    CS_TRY_STATUS(insert.bind_blob(tombstone.id).bind(tombstone.project).bind(tombstone.leaves).run());
    for (const std::vector<std::string>* names : {&tombstone.keys, &tombstone.names}) {
        for (const std::string& name : *names) {
            store::Statement mark = CS_TRY(file_->prepare("INSERT OR IGNORE INTO erased(name) VALUES (?)"));
            CS_TRY_STATUS(mark.bind_blob(name).run());
        }
    }
    for (const KeyRef& ref : tombstone.keys) {
        store::Statement remove = CS_TRY(file_->prepare("DELETE FROM key WHERE ref = ?"));
        CS_TRY_STATUS(remove.bind_blob(ref).run());
        known_.erase(ref);
    }
    destroyed_ = true;
    return success();
}

Result<std::vector<Tombstone>> SubjectKeyFile::tombstones() {
    std::vector<Tombstone> out;
    store::Statement select = CS_TRY(file_->prepare("SELECT id, project, leaves FROM tombstone ORDER BY no"));
    while (CS_TRY(select.step())) {
        Tombstone one;
        one.id = select.blob(0);
        one.project = select.text(1);
        one.leaves = select.text(2);
        out.push_back(std::move(one));
    }
    return out;
}

Result<bool> SubjectKeyFile::is_erased(std::string_view name) {
    store::Statement select = CS_TRY(file_->prepare("SELECT 1 FROM erased WHERE name = ?"));
    select.bind_blob(name);
    return select.step();
}

Status SubjectKeyFile::flush() {
    // What was made in a transaction that SQLite undid is not there, and no text may lie under it.
    for (const std::optional<Error>& wrong : {file_->broken(), file_->undone_by()}) {
        if (wrong) {
            return *wrong;
        }
    }
    if (file_->in_transaction()) {
        CS_TRY_STATUS(file_->commit());
    }
    if (destroyed_) {
        // The log still has the page as it was with the key in it. While others read, it waits for the next time.
        destroyed_ = !CS_TRY(file_->truncate_log());
    }
    return success();
}

void SubjectKeyFile::discard() {
    if (file_->in_transaction() || file_->undone_by()) {
        file_->rollback();
        known_.clear();
        made_ = 0;
    }
}

}  // namespace countersign::keys
