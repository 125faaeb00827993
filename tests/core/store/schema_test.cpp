#include "core/store/schema.h"

#include <catch_amalgamated.hpp>

using namespace countersign;

TEST_CASE("a store is made once and opened again as it is") {
    auto database = store::Database::open({.path = ":memory:"}).value();
    REQUIRE(store::migrate(*database).ok());
    REQUIRE(store::migrate(*database).ok());
    store::Statement version = database->prepare("PRAGMA user_version").value();
    REQUIRE(version.step().value());
    CHECK(version.integer(0) == store::kSchemaVersion);
}

TEST_CASE("a store of a newer version is refused with a sentence, not half read") {
    auto database = store::Database::open({.path = ":memory:"}).value();
    REQUIRE(database->execute("PRAGMA user_version=999").ok());
    const Status refused = store::migrate(*database);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::failed_precondition);
    CHECK(refused.error().message.find("newer Countersign") != std::string::npos);
}

TEST_CASE("a transaction that is not committed leaves nothing, one inside another commits with it") {
    auto database = store::Database::open({.path = ":memory:"}).value();
    REQUIRE(database->execute("CREATE TABLE t(n INTEGER)").ok());
    {
        store::Transaction transaction(*database);
        REQUIRE(transaction.begin().ok());
        REQUIRE(database->execute("INSERT INTO t VALUES (1)").ok());
    }
    store::Transaction outer(*database);
    REQUIRE(outer.begin().ok());
    {
        store::Transaction inner(*database);
        REQUIRE(inner.begin().ok());
        REQUIRE(database->execute("INSERT INTO t VALUES (2)").ok());
        REQUIRE(inner.commit().ok());
    }
    REQUIRE(outer.commit().ok());
    store::Statement select = database->prepare("SELECT group_concat(n) FROM t").value();
    REQUIRE(select.step().value());
    CHECK(select.text(0) == "2");
}

TEST_CASE("a file that is no store is damaged, a folder that is not there is named") {
    const auto missing = store::Database::open({.path = "/no/such/folder/x.db"});
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().field == "/no/such/folder/x.db");
}
