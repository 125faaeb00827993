#include "core/store/schema.h"

#include "core/base/concat.h"
#include "core/store/schema_steps.h"
#include "core/store/settle.h"

namespace countersign::store {

namespace {

constexpr const char* const* kSteps[] = {&kSchema1, &kSchema2, &kSchema3, &kSchema4, &kSchema5, &kSchema6};
static_assert(std::size(kSteps) == kSchemaVersion);

Result<int64_t> version_of(Database& database) {
    Statement statement = CS_TRY(database.prepare("PRAGMA user_version"));
    CS_TRY(statement.step());
    return statement.integer(0);
}

}  // namespace

Status migrate(Database& database) {
    return migrate_to(database, kSchemaVersion);
}

Status migrate_to(Database& database, int64_t wanted) {
    int64_t version = CS_TRY(version_of(database));
    if (version > kSchemaVersion) {
        return fail(ErrorCode::failed_precondition,
                    concat("the store has schema ", version, ", written by a newer Countersign; this one knows up to ",
                           kSchemaVersion));
    }
    for (; version < wanted; ++version) {
        Transaction transaction(database);
        CS_TRY_STATUS(transaction.begin());
        CS_TRY_STATUS(database.execute(*kSteps[version]));
        CS_TRY_STATUS(database.execute(concat("PRAGMA user_version=", version + 1)));
        CS_TRY_STATUS(transaction.commit());
    }
    return success();
}

Result<std::unique_ptr<Database>> open_store(const OpenOptions& options) {
    std::unique_ptr<Database> database = CS_TRY(Database::open(options));
    if (options.read_only) {
        return database;
    }
    auto ready = settle(*database);
    ready = ready.ok() ? migrate(*database) : ready;
    if (!ready.ok()) {
        return ready.error().at(options.path);
    }
    return database;
}

}  // namespace countersign::store
