#pragma once
// The store's tables, and how an older store becomes a current one. One schema for servers and devices: a device keeps
// a part of the events and its outbox in the same tables in which a server keeps all of them.
//
// Rules (the migrations in schema.cpp keep them):
//  1. Steps are only ever added; a step that has shipped is never changed.
//  2. Each step runs in a transaction of its own together with its version number: killed in between, it starts again.
//  3. What was hashed (event.leaf, operation.bytes) is never rewritten by a step.
//
// Errors of migrate(): failed_precondition when the store was written by a newer version.

#include "core/base/result.h"
#include "core/store/sqlite.h"

namespace countersign::store {

inline constexpr int64_t kSchemaVersion = 6;

Status migrate(Database& database);
// Only up to this version: for tests that lay out a store as an earlier version left it.
Status migrate_to(Database& database, int64_t wanted);

// open(), settle() and migrate() in one, for those who write; open() alone for those who read.
Result<std::unique_ptr<Database>> open_store(const OpenOptions& options);

}  // namespace countersign::store
