#pragma once
// Plain word search over the texts that are here (SQLite's FTS5): for the queue's search field, and for decisions on
// similar items. Not an index of meaning.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/store/projects.h"
#include "core/store/sqlite.h"

namespace countersign::store {

Status index_text(Database& database, int64_t item_no, std::string_view text);
Status forget_text(Database& database, int64_t item_no);
// Rewrites the index without what was forgotten: until then its words stay in the file.
Status shed_forgotten(Database& database);

// An FTS5 expression that finds texts with all of these words, the last one as a beginning. Nothing a person types can
// be an operator of it.
std::string search_expression(std::string_view words);

// Numbers of decided items whose text shares the most telling words with this one, best first; without `except`.
Result<std::vector<int64_t>> similar_decided(Database& database, const ProjectRow& project, std::string_view text,
                                             int64_t except, size_t limit);

}  // namespace countersign::store
