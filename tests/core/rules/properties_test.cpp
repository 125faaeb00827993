// Properties over random expressions. Each prints its seed; COUNTERSIGN_SEED sets it.

#include <array>
#include <cstdlib>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/rules/compile.h"
#include "core/rules/evaluate.h"
#include "core/rules/json_values.h"
#include "tests/core/rules/routing_environment.h"

using namespace countersign;
using namespace countersign::rules;

namespace {

uint64_t seed() {
    const char* given = std::getenv("COUNTERSIGN_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : 20260301;
}

// SplitMix64: small, and the same everywhere. Source: Steele, Lea, Flood 2014.
class Chance {
public:
    explicit Chance(uint64_t seed) : state_(seed) {}

    uint64_t next() {
        uint64_t z = state_ += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }

    size_t below(size_t limit) { return static_cast<size_t>(next() % limit); }

    template <size_t N>
    std::string_view one_of(const std::array<std::string_view, N>& choices) {
        return choices[below(N)];
    }

private:
    uint64_t state_;
};

constexpr std::array<std::string_view, 12> kNumbers = {"0",
                                                       "1",
                                                       "-3",
                                                       "7",
                                                       "2u",
                                                       "0.5",
                                                       "-1.25",
                                                       "9223372036854775807",
                                                       "model.reviews",
                                                       "prediction.confidence",
                                                       "x",
                                                       "size(item.tags)"};
constexpr std::array<std::string_view, 8> kTexts = {
    "''", "'gas'", "\"it's\"", "r'\\d'", "item.text", "prediction.label", "item.metadata.note", "string(x)"};
constexpr std::array<std::string_view, 6> kConditions = {
    "true", "false", "has(item.note)", "item.metadata.vip", "'gas' in prediction.scores", "prediction.margin < 0.1"};
constexpr std::array<std::string_view, 6> kOperators = {" + ", " - ", " * ", " / ", " % ", " + "};
constexpr std::array<std::string_view, 6> kRelations = {" < ", " <= ", " > ", " >= ", " == ", " != "};
constexpr std::array<std::string_view, 4> kTests = {".contains(", ".startsWith(", ".endsWith(", ".matches("};
constexpr std::array<std::string_view, 4> kWalks = {".all(x, ", ".exists(x, ", ".exists_one(x, ", ".filter(x, "};

// Random expressions that parse, of which most have the right types.
class Generator {
public:
    explicit Generator(Chance& chance) : chance_(chance) {}

    std::string number(int depth) {
        if (depth == 0 || chance_.below(3) == 0) {
            return std::string(chance_.one_of(kNumbers));
        }
        switch (chance_.below(4)) {
            case 0: return concat("size(", list(depth - 1), ")");
            case 1: return concat("(", condition(depth - 1), " ? ", number(depth - 1), " : ", number(depth - 1), ")");
            case 2: return concat(list(depth - 1), "[", number(0), "]");
            default: return concat("(", number(depth - 1), chance_.one_of(kOperators), number(depth - 1), ")");
        }
    }

    std::string text(int depth) {
        if (depth == 0 || chance_.below(2) == 0) {
            return std::string(chance_.one_of(kTexts));
        }
        switch (chance_.below(3)) {
            case 0: return concat("(", text(depth - 1), " + ", text(depth - 1), ")");
            case 1: return concat(text(depth - 1), ".substring(", number(0), ")");
            default: return concat("string(", number(depth - 1), ")");
        }
    }

    std::string list(int depth) {
        if (depth == 0 || chance_.below(3) == 0) {
            return chance_.below(2) == 0 ? concat("[", number(0), ", ", number(0), "]") : "item.tags";
        }
        switch (chance_.below(3)) {
            case 0: return concat(list(depth - 1), ".map(x, ", number(depth - 1), ")");
            case 1: return concat(list(depth - 1), ".filter(x, ", condition(depth - 1), ")");
            default: return concat("(", list(depth - 1), " + ", list(depth - 1), ")");
        }
    }

    std::string condition(int depth) {
        if (depth == 0) {
            return std::string(chance_.one_of(kConditions));
        }
        switch (chance_.below(7)) {
            case 0: return concat("(", condition(depth - 1), " && ", condition(depth - 1), ")");
            case 1:
                return concat("(", condition(depth - 1), " || ", condition(depth - 1), " || ", condition(depth - 1),
                              ")");
            case 2: return concat("!", condition(depth - 1));
            case 3: return concat("(", text(depth - 1), chance_.one_of(kTests), text(0), "))");
            case 4: return concat(list(depth - 1), chance_.one_of(kWalks), condition(depth - 1), ") == true");
            case 5: return concat("(", number(depth - 1), " in ", list(depth - 1), ")");
            default: return concat("(", number(depth - 1), chance_.one_of(kRelations), number(depth - 1), ")");
        }
    }

private:
    Chance& chance_;
};

Activation some_item(const Environment& environment) {
    Activation activation(environment);
    const auto set = [&](std::string_view name, std::string_view json) {
        activation.set_json(name, parse_json(json).value()).value();
    };
    set("item", R"({"id":"a-1","text":"a smell of gas","language":"de","created":"2026-03-01T22:30:00Z",
                    "tags":["phone","urgent"],"metadata":{"vip":true,"note":"call back"}})");
    set("prediction", R"({"label":"waste","confidence":0.73,"scores":{"waste":0.73,"gas":0.2},"model":"m"})");
    set("model", R"({"id":"m","trained":"2026-01-15T00:00:00Z","reviews":1200})");
    set("history", R"([{"verdict":"accept","minutes":1}])");
    set("now", R"("2026-03-02T00:00:00Z")");
    return activation;
}

std::string text_of(const Result<Value>& outcome) {
    return outcome.ok() ? json_of(outcome.value()) : outcome.error().text();
}

constexpr std::array<std::string_view, 40> kPieces = {
    "item", "prediction", ".",    ".?", "confidence", "x",  "all", "(",  ")",  "[",  "]",    "{",   "}",  ",",
    ":",    "?",          "!",    "-",  "+",          "*",  "%",   "&&", "||", "==", "<",    "in",  "'a", "'",
    "\"\"", "r'",         "b'x'", "1",  "0x",         "2u", "1e",  ".5", "//", "\n", "null", "has("};

}  // namespace

TEST_CASE("no sequence of tokens, however wrong, breaks the compiler, and each error has a place") {
    INFO("COUNTERSIGN_SEED=" << seed());
    Chance chance(seed());
    const Environment environment = routing_environment();
    for (int i = 0; i < 20'000; ++i) {
        std::string source;
        for (size_t count = chance.below(24) + 1; count > 0; --count) {
            source += concat(chance.one_of(kPieces), chance.below(3) == 0 ? " " : "");
        }
        for (const bool strict : {true, false}) {
            const Result<Program> program = compile(source, environment, {.strict = strict});
            INFO(source);
            REQUIRE((program.ok() || program.error().field.find("column ") != std::string::npos));
        }
    }
}

TEST_CASE("no bytes, however random, break the compiler") {
    INFO("COUNTERSIGN_SEED=" << seed());
    Chance chance(seed());
    const Environment environment = routing_environment();
    for (int i = 0; i < 20'000; ++i) {
        std::string source;
        for (size_t count = chance.below(40); count > 0; --count) {
            source.push_back(static_cast<char>(chance.below(2) == 0 ? chance.below(256) : 32 + chance.below(95)));
        }
        const Result<Program> program = compile(source, environment);
        CHECK((program.ok() || !program.error().message.empty()));
    }
}

TEST_CASE("a random expression gives the same twice, explained or not, checked or not") {
    INFO("COUNTERSIGN_SEED=" << seed());
    Chance chance(seed());
    const Environment environment = routing_environment();
    const Activation activation = some_item(environment);
    Evaluator evaluator;
    size_t with_value = 0;
    size_t checked = 0;
    for (int i = 0; i < 10'000; ++i) {
        const std::string source = concat("cel.bind(x, ", i % 5, ", ", Generator(chance).condition(4), ")");
        INFO(source);
        const Result<Program> program = compile(source, environment, {.strict = false});
        REQUIRE(program.ok());
        const std::string first = text_of(evaluator.evaluate(program.value(), activation));
        const uint64_t cost = evaluator.cost();
        REQUIRE(text_of(evaluator.evaluate(program.value(), activation)) == first);
        REQUIRE(evaluator.cost() == cost);
        REQUIRE(text_of(evaluator.explain(program.value(), activation).outcome) == first);
        with_value += evaluator.evaluate(program.value(), activation).ok() ? 1 : 0;
        // What the checker lets through means the same with what it knows as without.
        const Result<Program> strict = compile(source, environment);
        if (strict.ok()) {
            ++checked;
            const Result<Value> known = evaluator.evaluate(strict.value(), activation);
            const std::string known_text = text_of(known);
            const Result<Value> open = evaluator.evaluate(program.value(), activation);
            REQUIRE(known.ok() == open.ok());
            REQUIRE((!known.ok() || known_text == first));
        }
    }
    CHECK(with_value > 3'000);
    CHECK(checked > 500);
}

TEST_CASE("whatever the expression, the cost limit stops it") {
    INFO("COUNTERSIGN_SEED=" << seed());
    Chance chance(seed() + 1);
    const Environment environment = routing_environment();
    const Activation activation = some_item(environment);
    constexpr uint64_t kCost = 200;
    Evaluator tight(Limits{.cost = kCost});
    Evaluator wide;
    size_t stopped = 0;
    for (int i = 0; i < 5'000; ++i) {
        const std::string source = concat("cel.bind(x, 1, ", Generator(chance).list(6), ")");
        INFO(source);
        const Result<Program> program = compile(source, environment, {.strict = false});
        REQUIRE(program.ok());
        const Result<Value> outcome = tight.evaluate(program.value(), activation);
        if (!outcome.ok() && outcome.error().code == ErrorCode::exhausted) {
            ++stopped;
            static_cast<void>(wide.evaluate(program.value(), activation));
            CHECK(wide.cost() > kCost);
        } else {
            CHECK(tight.cost() <= kCost);
            CHECK(text_of(outcome) == text_of(wide.evaluate(program.value(), activation)));
        }
    }
    CHECK(stopped > 50);
}

TEST_CASE("two thousand random expressions give the same natively and in wasm") {
    Chance chance(7);  // not from the environment: the sum below belongs to it
    const Environment environment = routing_environment();
    const Activation activation = some_item(environment);
    Evaluator evaluator;
    uint64_t sum = 0xCBF29CE484222325u;  // FNV-1a
    for (int i = 0; i < 2'000; ++i) {
        const std::string source =
            concat("cel.bind(x, 2, [", Generator(chance).number(4), ", ", Generator(chance).number(3), "])");
        const Result<Program> program = compile(source, environment, {.strict = false});
        REQUIRE(program.ok());
        const Result<Value> outcome = evaluator.evaluate(program.value(), activation);
        for (const char c : outcome.ok() ? json_of(outcome.value()) : std::string("error")) {
            sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
        }
    }
    CHECK(sum == 0xD916E1D46C7EE96Du);
}
