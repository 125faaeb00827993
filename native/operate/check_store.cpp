#include "native/operate/check_store.h"

#include "core/base/concat.h"
#include "core/store/copy.h"
#include "core/store/schema.h"
#include "core/store/subjects.h"
#include "native/platform/clock_posix.h"
#include "native/server/log_keeper.h"
#include "native/server/subject_keys.h"

namespace countersign::native {

namespace {

Result<std::vector<verify::OwnCheckpoint>> kept_notes(const std::filesystem::path& folder) {
    std::vector<verify::OwnCheckpoint> out;
    for (const auto& [project, note] : CS_TRY(read_last_checkpoints(folder))) {
        auto own = verify::parse_own_checkpoint("last-checkpoints", note);
        if (!own.ok()) {
            return fail(ErrorCode::corrupt,
                        concat("the checkpoint of '", project, "' cannot be read: ", own.error().text()),
                        (folder / "last-checkpoints").string());
        }
        out.push_back(std::move(own).value());
    }
    return out;
}

}  // namespace

Result<doctor::Diagnosis> check_store(const StoreToCheck& store, const doctor::GoOn& go_on) {
    const crypto::SigningKey key = CS_TRY(read_log_key(store.folder));
    auto notes = CS_TRY(kept_notes(store.folder));
    const std::shared_ptr<SubjectKeys> keys = CS_TRY(read_subject_keys(store.keys));
    // Brought to this version's schema first: what is read is what a server would read.
    std::unique_ptr<store::Database> scratch =
        CS_TRY(store::open_store({.path = store.file.string(), .cache_kib = 64 * 1024, .keys = keys.get()}));
    std::unique_ptr<store::Database> stored =
        CS_TRY(store::open_store({.path = store.file.string(), .read_only = true, .keys = keys.get()}));
    SystemClock clock;
    return doctor::examine({*stored, *scratch, key.public_key(), std::move(notes), clock, store.rebuilt}, go_on);
}

Result<bool> is_sealed(const std::filesystem::path& store_file) {
    std::unique_ptr<store::Database> store =
        CS_TRY(store::Database::open({.path = store_file.string(), .read_only = true}));
    return store::are_texts_sealed(*store);
}

Status copy_store_file(const std::filesystem::path& from, const std::filesystem::path& to, const doctor::GoOn& go_on) {
    std::unique_ptr<store::Database> source = CS_TRY(store::Database::open({.path = from.string(), .read_only = true}));
    std::unique_ptr<store::Database> target = CS_TRY(store::Database::open({.path = to.string()}));
    // One moment: a copy that saw others' commits would begin anew with each of them.
    CS_TRY_STATUS(source->execute("BEGIN; SELECT count(*) FROM sqlite_schema"));
    CS_TRY_STATUS(store::copy_store(*source, *target, [&](const store::CopyProgress& progress) {
        return go_on(
            {"copy", "pages", static_cast<uint64_t>(progress.pages_done), static_cast<uint64_t>(progress.pages)});
    }));
    source->rollback();
    return target->execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE");
}

Status error_of(const doctor::Diagnosis& diagnosis, std::string_view what) {
    if (diagnosis.good()) {
        return success();
    }
    const doctor::Finding& first = diagnosis.findings.front();
    return fail(ErrorCode::corrupt,
                concat(what, ": ", first.place, ": ", first.what,
                       diagnosis.findings.size() > 1 ? "; and more, as 'countersign doctor' tells" : ""));
}

}  // namespace countersign::native
