#pragma once
// Two stores of one log compared row by row: what one of them is, and what the log says it must be. Only tables that
// rebuild() makes again are looked at; the others were copied.
//
// Contract: both at the same schema. They may be one file seen by two connections, one of them within the transaction
// that rebuilt it.

#include <string>
#include <string_view>
#include <vector>

#include "core/store/sqlite.h"

namespace countersign::rebuild {

struct Difference {
    std::string table;
    std::string key;   // "no 17"
    std::string what;  // "status is 1, the log says 3"; or that a row is too many, or missing
};

struct TableResult {
    std::string_view table;
    uint64_t rows = 0;  // that the log says
    uint64_t different = 0;
};

struct Comparison {
    std::vector<TableResult> tables;
    std::vector<Difference> first;  // at most `kept` a table

    uint64_t different() const;
};

Result<Comparison> compare(store::Database& stored, store::Database& rebuilt, size_t kept);

}  // namespace countersign::rebuild
