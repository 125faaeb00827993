#pragma once
// Stores of released versions as text: every row of every table as a line of JSON, so that a store that an earlier
// version made can be laid out again and opened by this one (tests/corpus/<version>).
//
//   {"table":"event","values":{"at_key":1099511627777,"leaf":"...","link":{"hex":"00ff"}}}
//
// Tables of the full-text index are left out: they hold nothing that is not elsewhere.

#include <string>

#include "core/store/sqlite.h"

namespace countersign::testing {

std::string dump_store(store::Database& database);
// The same of one table.
std::string dump_table(store::Database& database, const std::string& table);
// The lines of a file of tests/corpus: "0.1/server.jsonl"; the test fails when it is not there.
std::string read_corpus(const std::string& name);
// Into a store that has the tables of that version and no rows. The test fails at a line that cannot be taken.
void lay_out_store(store::Database& database, const std::string& lines);

}  // namespace countersign::testing
