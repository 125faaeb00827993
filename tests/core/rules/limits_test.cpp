// Every limit stops what would pass it, with a sentence that names it.

#include <catch_amalgamated.hpp>

#include "core/rules/compile.h"
#include "core/rules/evaluate.h"
#include "core/rules/json_values.h"
#include "core/rules/parser.h"
#include "tests/core/rules/routing_environment.h"

using namespace countersign;
using namespace countersign::rules;

namespace {

std::string repeated(std::string_view part, size_t times) {
    std::string out;
    for (size_t i = 0; i < times; ++i) {
        out += part;
    }
    return out;
}

Error compile_error(const std::string& source) {
    const Result<Program> program = compile(source, Environment());
    REQUIRE_FALSE(program.ok());
    return program.error();
}

Result<Value> evaluated(const std::string& source, const Limits& limits, Evaluator& evaluator) {
    const Environment environment;
    evaluator = Evaluator(limits);
    return evaluator.evaluate(compile(source, environment).value(), Activation(environment));
}

std::string failure(const std::string& source, const Limits& limits) {
    Evaluator evaluator;
    const Result<Value> outcome = evaluated(source, limits, evaluator);
    REQUIRE_FALSE(outcome.ok());
    CHECK(outcome.error().code == ErrorCode::exhausted);
    return outcome.error().text();
}

}  // namespace

TEST_CASE("the length of an expression is limited") {
    const Error error = compile_error(std::string(kMaxSource_bytes + 1, ' '));
    CHECK(error.code == ErrorCode::exhausted);
    CHECK(error.text() == "column 1: the expression has 16385 bytes; at most 16384 are allowed");
}

TEST_CASE("parentheses and brackets may nest a hundred deep, not deeper") {
    CHECK(compile(repeated("(", 99) + "1" + repeated(")", 99), Environment()).ok());
    const Error error = compile_error(repeated("(", 5000) + "1" + repeated(")", 5000));
    CHECK(error.code == ErrorCode::exhausted);
    CHECK(error.text() == "column 101: more than 100 levels of parentheses and brackets");
    CHECK(compile_error(repeated("[", 8000)).code == ErrorCode::exhausted);
    CHECK(compile_error(repeated("true ? 1 : ", 400) + "1").code == ErrorCode::exhausted);
}

TEST_CASE("operators may stand on each other 250 high, and long chains of && are not high") {
    CHECK(compile("1" + repeated(" + 1", 200), Environment()).ok());
    const Error error = compile_error("1" + repeated(" + 1", 300));
    CHECK(error.code == ErrorCode::exhausted);
    CHECK(error.message == "more than 250 operators upon each other; split the condition, or use a list");
    CHECK(compile_error(repeated("!-", 8000) + "x").code == ErrorCode::exhausted);
    CHECK(compile_error("x" + repeated(".a", 8000)).code == ErrorCode::exhausted);
    CHECK(compile("true" + repeated(" && true", 1500), Environment()).ok());
    CHECK(compile("false" + repeated(" || 1 / 0 > 1", 1000), Environment()).ok());
}

TEST_CASE("a list may be written with so many elements, not more") {
    CHECK(compile("[" + repeated("1,", 4000) + "]", Environment()).ok());
    const Error error = compile_error("[" + repeated("1,", 8100) + "]");
    CHECK(error.message == "more than 4000 elements in a list or map");
    CHECK(compile_error("{" + repeated("1:2,", 4050) + "}").message == "more than 4000 elements in a list or map");
}

TEST_CASE("the cost of an evaluation is limited, wherever it is spent") {
    const std::string ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    const std::string deep = ten + ".map(a, " + ten + ".map(b, " + ten + ".map(c, " + ten + ".map(d, " + ten +
                             ".map(e, " + ten + ".map(f, a + b + c + d + e + f))))))";
    CHECK(failure(deep, {.memory_bytes = size_t{1} << 30})
              .ends_with("the evaluation costs more than 1000000; make the condition or the lists it walks smaller"));
    CHECK(failure("[1, 2, 3].all(x, x > 0)", {.cost = 8}).find("costs more than 8") != std::string::npos);
    CHECK(failure("'" + repeated("a", 4000) + "'.contains('" + repeated("a", 2000) + "b')", {.cost = 1000})
              .find("costs more than 1000") != std::string::npos);
}

TEST_CASE("no && and no || absorbs that a limit was reached") {
    const std::string long_walk = "[" + repeated("1,", 500) + "].all(x, x > 0)";
    CHECK_FALSE(failure(long_walk + " || true", {.cost = 100}).empty());
    CHECK_FALSE(failure(long_walk + " && false", {.cost = 100}).empty());
    CHECK_FALSE(failure("[1].exists(y, " + long_walk + ")", {.cost = 100}).empty());
}

TEST_CASE("the texts and lists that an evaluation makes are limited") {
    const std::string doubling =
        "cel.bind(a, 'xxxxxxxx'.format([]) + 'y', cel.bind(b, a + a, cel.bind(c, b + b, c + c)))";
    CHECK(failure(doubling, {.memory_bytes = 64}) ==
          "column 75: the evaluation makes more than 64 bytes of texts and lists");
    CHECK(failure("[1, 2, 3].map(x, x * x)", {.memory_bytes = 100}).find("more than 100 bytes") != std::string::npos);
    CHECK(failure("'%.900f'.format([1.0 / 3.0])", {.memory_bytes = 100}).find("more than 100 bytes") !=
          std::string::npos);
    CHECK(failure("[1, 2, 3, 4].map(x, x + 1)", {.elements = 3}) ==
          "column 14: a list or map made here would have more than 3 elements");
    CHECK(failure("'a,b,c,d'.split(',') + [string(1)]", {.elements = 4}).find("more than 4 elements") !=
          std::string::npos);
}

TEST_CASE("the cost of an evaluation is a number that does not change") {
    Evaluator evaluator;
    REQUIRE(evaluated("[1, 2, 3].map(x, x * x)", {}, evaluator).ok());
    const uint64_t once = evaluator.cost();
    REQUIRE(evaluated("[1, 2, 3].map(x, x * x)", {}, evaluator).ok());
    CHECK(evaluator.cost() == once);
    CHECK(once == 20);
}
