#include "core/base/result.h"

#include <catch_amalgamated.hpp>

#include "core/base/ids.h"

using namespace countersign;

namespace {

Result<int> half(int number) {
    return number % 2 == 0 ? Result<int>(number / 2) : fail(ErrorCode::invalid_argument, "is odd", "number");
}

Result<int> quarter(int number) {
    const int once = CS_TRY(half(number));
    return CS_TRY(half(once));
}

}  // namespace

TEST_CASE("CS_TRY hands the first error on and stops there") {
    CHECK(quarter(12).value() == 3);
    CHECK(quarter(6).error().text() == "number: is odd");
}

TEST_CASE("an error seen from further out has the longer path") {
    const Error error = fail(ErrorCode::invalid_argument, "is missing", "when");
    CHECK(error.at("routes[2]").field == "routes[2].when");
    CHECK(error.at("routes[2]").at("policy").field == "policy.routes[2].when");
    CHECK(fail(ErrorCode::invalid_argument, "x", "[3]").at("list").field == "list[3]");
    CHECK(fail(ErrorCode::invalid_argument, "x").at("list").field == "list");
}

TEST_CASE("every error code has its own name, an HTTP status and an exit status") {
    for (int code = 0; code <= static_cast<int>(kLastErrorCode); ++code) {
        const ErrorCodeInfo& info = code_info(static_cast<ErrorCode>(code));
        CHECK(info.http_status >= 400);
        CHECK(info.exit_status > 0);
        for (int other = 0; other < code; ++other) {
            CHECK(info.name != code_info(static_cast<ErrorCode>(other)).name);
        }
    }
}

TEST_CASE("ids of different kinds are different types") {
    STATIC_CHECK_FALSE(std::is_convertible_v<ItemId, LabelId>);
    STATIC_CHECK_FALSE(std::is_convertible_v<std::string, ItemId>);
}
