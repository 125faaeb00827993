// Statements are compiled once for each connection.

#include <string_view>

#include <catch_amalgamated.hpp>
#include <sqlite3.h>

#include "core/store/schema.h"
#include "core/store/sqlite.h"

using namespace countersign;
using namespace countersign::store;

TEST_CASE("a statement is compiled once, whatever is bound to it, also as its limit") {
    const auto database = open_store({.path = ":memory:"}).value();
    for (int64_t limit = 1; limit <= 5; ++limit) {
        Statement select = database->prepare("SELECT name FROM sqlite_schema WHERE name > ? LIMIT ?").value();
        select.bind(std::string_view("a")).bind(limit);
        int64_t rows = 0;
        while (select.step().value()) {
            ++rows;
        }
        CHECK(rows == limit);
    }
    int seen = 0;
    for (sqlite3_stmt* one = nullptr; (one = sqlite3_next_stmt(database->handle(), one)) != nullptr;) {
        if (std::string_view(sqlite3_sql(one)).ends_with("LIMIT ?")) {
            ++seen;
            CHECK(sqlite3_stmt_status(one, SQLITE_STMTSTATUS_REPREPARE, 0) == 0);
        }
    }
    CHECK(seen == 1);
}
