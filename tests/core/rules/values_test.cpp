// Values: JSON in and out, texts, keys, activations.

#include <cmath>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/rules/compare.h"
#include "core/rules/compile.h"
#include "core/rules/evaluate.h"
#include "core/rules/json_values.h"
#include "core/rules/text.h"
#include "core/rules/type.h"
#include "core/zones/zones.h"
#include "tests/core/rules/routing_environment.h"

using namespace countersign;
using namespace countersign::rules;

namespace {

Json json(std::string_view text) {
    return parse_json(text).value();
}

Result<Value> typed(std::string_view text, std::string_view type, Arena& arena) {
    return value_of_json(json(text), parse_type(type).value(), arena, "x");
}

std::string typed_error(std::string_view text, std::string_view type) {
    Arena arena;
    const Result<Value> value = typed(text, type, arena);
    REQUIRE_FALSE(value.ok());
    return value.error().text();
}

}  // namespace

TEST_CASE("doubles become the shortest text that reads back as the same, laid out as JSON libraries do") {
    CHECK(double_text(0.1) == "0.1");
    CHECK(double_text(1e6) == "1000000");
    CHECK(double_text(123456789012345680000.0) == "123456789012345680000");
    CHECK(double_text(1e21) == "1e+21");
    CHECK(double_text(1.5e-7) == "1.5e-7");
    CHECK(double_text(0.000001) == "0.000001");
    CHECK(double_text(-0.0045) == "-0.0045");
    CHECK(double_text(5e-324) == "5e-324");
    CHECK(double_text(1.7976931348623157e308) == "1.7976931348623157e+308");
    CHECK(double_text(-0.0) == "-0");
    CHECK(double_text(std::nan("")) == "NaN");
    CHECK(read_double("1e3").value() == 1000);
    CHECK_FALSE(read_double("0x10").has_value());
    CHECK_FALSE(read_double(" 1").has_value());
    CHECK_FALSE(read_double("1e").has_value());
    CHECK_FALSE(read_double("").has_value());
}

TEST_CASE("JSON becomes values by type, and says where it does not fit") {
    Arena arena;
    CHECK(json_of(typed(R"({"a":1,"b":2.5})", "map(string, double)", arena).value()) == R"({"a":1,"b":2.5})");
    CHECK(typed("3", "int", arena).value().is(Kind::int64));
    CHECK(typed("3", "double", arena).value().is(Kind::float64));
    CHECK(typed("3", "uint", arena).value().is(Kind::uint64));
    CHECK(json_of(typed(R"("2026-03-01T22:30:00.5+01:00")", "timestamp", arena).value()) ==
          R"("2026-03-01T21:30:00.5Z")");
    CHECK(json_of(typed(R"("1h30m")", "duration", arena).value()) == R"("5400s")");
    CHECK(json_of(typed(R"("AP8=")", "bytes", arena).value()) == R"("AP8=")");
    CHECK(json_of(typed("null", "optional(int)", arena).value()) == "null");
    CHECK(typed_error("3.5", "int") == "x: must be int, but is a number");
    CHECK(typed_error("-3", "uint") == "x: must be uint, but is a whole number");
    CHECK(typed_error(R"(["a",3])", "list(string)") == "x[1]: must be string, but is a whole number");
    CHECK(typed_error(R"({"a":true})", "map(string, int)") == "x.a: must be int, but is true or false");
    CHECK(typed_error(R"("soon")", "timestamp") ==
          "x: must be a timestamp like \"2026-01-31T08:30:00Z\", but is \"soon\"");
    CHECK(typed_error("null", "string") == "x: must be string, but is null");
}

TEST_CASE("JSON of no declared type has doubles for its numbers, but keeps the digits of large whole ones") {
    Arena arena;
    CHECK(value_of_json(json("150"), arena).is(Kind::float64));
    CHECK(value_of_json(json("150.5"), arena).is(Kind::float64));
    CHECK(json_of(value_of_json(json("9007199254740993"), arena)) == "9007199254740993");
    CHECK(json_of(value_of_json(json(R"({"b":[1,null,"x"],"a":{}})"), arena)) == R"({"a":{},"b":[1,null,"x"]})");
}

TEST_CASE("a map of more than a few keys finds each of them, numbers by their value") {
    Arena arena;
    std::string text = "{";
    for (int i = 0; i < 100; ++i) {
        text += concat(i == 0 ? "" : ",", "\"key-", i, "\":", i);
    }
    const Value map = value_of_json(json(text + "}"), arena);
    for (int i = 0; i < 100; ++i) {
        const Value* found = find_key(map.as_map(), concat("key-", i));
        REQUIRE(found != nullptr);
        CHECK(found->as_float64() == i);
    }
    CHECK(find_key(map.as_map(), "key-100") == nullptr);
    CHECK(find_key(map.as_map(), Value::float64(std::nan(""))) == nullptr);
}

TEST_CASE("an activation takes records from JSON and misses what is missing") {
    const Environment environment = routing_environment();
    Activation activation(environment);
    CHECK(activation.set_json("prediction", json(R"({"label":"waste"})")).error().text() ==
          "prediction.confidence: is missing");
    CHECK(activation.set_json("prediction", json(R"({"lable":"waste"})")).error().text() ==
          "prediction.lable: no such field in prediction; did you mean 'label'?");
    CHECK(activation.set_json("predicton", json("{}")).error().text() ==
          "predicton: no variable has this name; did you mean 'prediction'?");
    CHECK(activation.set_json("prediction.confidence", json("0.5")).ok());
    Evaluator evaluator;
    const Program half = compile("prediction.confidence == 0.5", environment).value();
    CHECK(evaluator.test(half, activation).value());
    activation.clear();
    CHECK(evaluator.test(half, activation).error().text() ==
          "column 23: there is no value here; has() asks whether there is one");
}

TEST_CASE("types read back what they write") {
    for (const std::string_view text :
         {"int", "list(string)", "map(string, list(double))", "optional(A)", "timestamp"}) {
        CHECK(parse_type(text).value().text() == text);
    }
    CHECK_FALSE(parse_type("list").has_value());
    CHECK_FALSE(parse_type("map(string)").has_value());
    CHECK_FALSE(parse_type("text").has_value());
}

TEST_CASE("a program may give anything, and a condition at last a bool") {
    const Environment environment = routing_environment();
    Activation activation(environment);
    REQUIRE(activation
                .set_json("item", json(R"({"id":"1","text":"x","language":"de","created":"2026-03-01T00:00:00Z",
        "tags":[],"metadata":{"vip":"yes"}})"))
                .ok());
    Evaluator evaluator;
    const Program open = compile("item.metadata.vip", environment, {.result = types::boolean()}).value();
    CHECK(evaluator.decide(open, activation) == Verdict::failed);
    CHECK(evaluator.error().text() == "column 1: this must be bool, but is string");
    CHECK(evaluator.error().code == ErrorCode::invalid_argument);
}

TEST_CASE("time zones have the offsets of their laws, in the past and by rule in the future") {
    struct Moment {
        std::string_view zone;
        std::string_view utc;
        int64_t hour;
        int64_t minute;
    };

    const Moment moment = GENERATE(
        Moment{"Europe/Berlin", "2026-03-29T00:59:59Z", 1, 59},  //
        Moment{"Europe/Berlin", "2026-03-29T01:00:00Z", 3, 0}, Moment{"Europe/Berlin", "2026-10-25T00:59:59Z", 2, 59},
        Moment{"Europe/Berlin", "2026-10-25T01:00:00Z", 2, 0}, Moment{"Europe/Berlin", "2500-07-01T12:00:00Z", 14, 0},
        Moment{"Europe/London", "1970-12-01T12:00:00Z", 13, 0},  // British Standard Time
        Moment{"America/New_York", "2026-03-08T06:59:59Z", 1, 59},
        Moment{"America/New_York", "2026-03-08T07:00:00Z", 3, 0},
        Moment{"US/Eastern", "1974-02-01T12:00:00Z", 8, 0},  // daylight time in winter
        Moment{"Australia/Sydney", "2300-01-01T00:00:00Z", 11, 0},
        Moment{"Australia/Lord_Howe", "2026-07-01T00:00:00Z", 10, 30},
        Moment{"Asia/Kathmandu", "1985-12-31T18:29:00Z", 23, 59},
        Moment{"Asia/Kathmandu", "1986-01-01T00:00:00Z", 5, 45},
        Moment{"Africa/Monrovia", "1971-06-01T12:00:30Z", 11, 16}, Moment{"Pacific/Apia", "2011-12-30T10:00:00Z", 0, 0},
        Moment{"Africa/Cairo", "2019-07-01T12:00:00Z", 14, 0},  // no summer time then
        Moment{"Africa/Cairo", "2024-07-01T12:00:00Z", 15, 0}, Moment{"+05:30", "2026-01-01T00:00:00Z", 5, 30},
        Moment{"UTC", "2026-01-01T07:08:00Z", 7, 8});
    INFO(moment.zone << " at " << moment.utc);
    const Environment environment({{"t", types::of(Kind::timestamp)}, {"z", types::string()}});
    Activation activation(environment);
    REQUIRE(activation.set_json("t", Json(std::string(moment.utc))).ok());
    REQUIRE(activation.set_json("z", Json(std::string(moment.zone))).ok());
    Evaluator evaluator;
    CHECK(evaluator.evaluate(compile("t.getHours(z)", environment).value(), activation).value().as_int64() ==
          moment.hour);
    CHECK(evaluator.evaluate(compile("t.getMinutes(z)", environment).value(), activation).value().as_int64() ==
          moment.minute);
    CHECK(zones::zones_release() == "2025b");
}

TEST_CASE("a time zone that nobody knows is an error of the evaluation") {
    const Environment environment({{"t", types::of(Kind::timestamp)}, {"z", types::string()}});
    Activation activation(environment);
    REQUIRE(activation.set_json("t", Json(std::string("2026-01-01T00:00:00Z"))).ok());
    REQUIRE(activation.set_json("z", Json(std::string("Mars/Olympus"))).ok());
    Evaluator evaluator;
    CHECK(evaluator.evaluate(compile("t.getHours(z)", environment).value(), activation).error().message ==
          "'Mars/Olympus' is no time zone; write 'UTC', '+01:00' or a name like 'Europe/Berlin'");
}
