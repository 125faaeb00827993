// The usual routing condition allocates nothing when it runs: counted by operators new and delete of this program's
// own.

#include <cstdlib>
#include <new>

#include <catch_amalgamated.hpp>

#include "core/rules/compile.h"
#include "core/rules/evaluate.h"
#include "tests/core/rules/routing_environment.h"

namespace {

size_t allocations = 0;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): operator new has no other place

}  // namespace

void* operator new(size_t bytes) {
    ++allocations;
    void* memory = std::malloc(bytes == 0 ? 1 : bytes);
    if (memory == nullptr) {
        std::abort();
    }
    return memory;
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, size_t) noexcept {
    std::free(memory);
}

using namespace countersign;
using namespace countersign::rules;

TEST_CASE("an evaluation allocates nothing from the second time on") {
    const std::string_view condition =
        GENERATE(as<std::string_view>{},  //
                 "prediction.confidence < 0.8 && prediction.label in ['waste', 'gas_smell']",
                 "item.text.contains('gas') || item.text.matches(r'\\bfire\\b')",
                 "item.metadata.vop == 'x' || has(item.metadata.vip)", "item.tags.exists(t, t.startsWith('legal'))",
                 "history.filter(h, h.verdict == 'correct').size() > 1",
                 "prediction.scores.exists(k, v, k != 'waste' && v > 0.2)",
                 "model.reviews / 0 > 1 || item.text + item.language != 'x'",
                 "now - item.created > duration('1h') && item.created.getHours('Europe/Berlin') < 18");
    INFO(condition);
    const Environment environment = routing_environment();
    Activation activation(environment);
    const auto set = [&](std::string_view name, std::string_view json) {
        activation.set_json(name, parse_json(json).value()).value();
    };
    set("item", R"({"id":"a-1","text":"a smell of gas in the hall","language":"de","created":"2026-03-01T22:30:00Z",
                    "tags":["phone","urgent"],"metadata":{"vip":true}})");
    set("prediction", R"({"label":"waste","confidence":0.73,"scores":{"waste":0.73,"gas":0.21},"model":"m"})");
    set("model", R"({"id":"m","trained":"2026-01-15T00:00:00Z","reviews":1200})");
    set("history", R"([{"verdict":"correct","minutes":1}])");
    set("now", R"("2026-03-02T00:00:00Z")");
    const Program program = compile(condition, environment, {.result = types::boolean()}).value();
    Evaluator evaluator;
    REQUIRE(evaluator.decide(program, activation) != Verdict::failed);
    const size_t before = allocations;
    size_t verdicts = 0;
    for (int i = 0; i < 100; ++i) {
        verdicts += evaluator.decide(program, activation) == Verdict::failed ? 0 : 1;
    }
    const size_t made = allocations - before;
    CHECK(made == 0);
    CHECK(verdicts == 100);
}
