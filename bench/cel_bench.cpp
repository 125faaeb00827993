// How fast routing rules run: ten realistic conditions over 64 items, natively or (under node) as wasm.
//   cel_bench --data             prints rules and items as JSON (bench/rules/beside_javascript.mjs)
//   cel_bench [SERIES [RULE]]   a series evaluates one rule twenty times on each item; the fastest series counts,
//   because
//                               on a machine that does other things as well the slower ones measure those
// Prints per rule: how often it holds, nanoseconds and evaluations per second; then what filling an activation costs.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/json/writer.h"
#include "core/rules/compile.h"
#include "core/rules/evaluate.h"

using namespace countersign::rules;

namespace {

constexpr size_t kItems = 64;
constexpr int kRounds = 20;  // of a series

struct Rule {
    const char* name;
    const char* text;
};

constexpr std::array<Rule, 10> kRules = {{
    {"sure enough", "prediction.confidence >= 0.95"},
    {"unsure or close", "prediction.confidence < 0.6 || prediction.margin < 0.1"},
    {"dangerous label", "prediction.label in ['gas_smell', 'power_line', 'flooding', 'fire', 'accident', 'bridge']"},
    {"dangerous word", "item.text.contains('gas') || item.text.contains('explosion')"},
    {"pattern", "item.text.matches(r'(?i)\\b(gas|smell|leak)\\b')"},
    {"other language", "item.language != 'de' && prediction.confidence < 0.9 && prediction.model == 'topics-7'"},
    {"flag in metadata", "has(item.metadata.vip) && item.metadata.vip == true"},
    {"complaint tag", "item.tags.exists(t, t == 'complaint' || t.startsWith('legal'))"},
    {"hidden second",
     "prediction.label != 'gas_smell' && 'gas_smell' in prediction.scores && "
     "prediction.scores['gas_smell'] > 0.05"},
    {"evening, corrected",
     "item.created.getHours('+01:00') >= 18 && size(history) > 0 && "
     "history.exists(h, h.verdict == 'correct' && h.minutes > 5)"},
}};

std::shared_ptr<const RecordType> record(std::string name, std::vector<Field> fields) {
    return std::make_shared<const RecordType>(RecordType{std::move(name), std::move(fields)});
}

Environment routing_environment() {
    const Type texts = types::list(types::string());
    const auto past = record("review", {{"verdict", types::string()}, {"minutes", types::int64()}});
    const auto item = record("item", {{"text", types::string()},
                                      {"language", types::string()},
                                      {"created", types::of(Kind::timestamp)},
                                      {"tags", texts},
                                      {"metadata", types::map(types::string(), types::dyn())}});
    const auto prediction = record("prediction", {{"label", types::string()},
                                                  {"confidence", types::float64()},
                                                  {"margin", types::float64()},
                                                  {"scores", types::map(types::string(), types::float64())},
                                                  {"model", types::string()}});
    return Environment({{"item", types::record(item)},
                        {"prediction", types::record(prediction)},
                        {"history", types::list(types::record(past))}});
}

countersign::Json item_json(size_t i) {
    const std::string vip = i % 8 == 0 ? R"("vip":true,)" : "";
    const std::string tags = i % 5 == 0 ? R"(["topic","legal-notice"])" : R"(["topic","phone","repeat"])";
    const std::string words =
        i % 6 == 0 ? "There is a strong smell of gas in the stairwell" : "The lamp in front of house";
    return countersign::parse_json(R"({"text":")" + words + R"( since yesterday evening, number )" + std::to_string(i) +
                                   R"(, please send somebody soon.","language":")" + (i % 3 == 0 ? "en" : "de") +
                                   R"(","created":"2026-03-01T)" + (i % 2 == 0 ? "18" : "09") + R"(:30:00Z","tags":)" +
                                   tags + R"(,"metadata":{)" + vip + R"("channel":"phone","district":"north"}})")
        .value();
}

countersign::Json prediction_json(size_t i) {
    const std::string confidence = "0." + std::to_string(10 + (i * 37) % 90);
    const char* label = i % 7 == 0 ? "gas_smell" : i % 2 == 0 ? "street_light" : "waste";
    return countersign::parse_json(R"({"label":")" + std::string(label) + R"(","confidence":)" + confidence +
                                   R"(,"margin":0.)" + std::to_string(5 + (i * 11) % 60) +
                                   R"(,"model":"topics-7","scores":{"gas_smell":0.)" + std::to_string(10 + i) +
                                   R"(,"street_light":0.3,"waste":0.25,"noise":0.1,"road":0.05}})")
        .value();
}

const char* history_json(size_t i) {
    return i % 2 == 0 ? R"([{"verdict":"accept","minutes":1},{"verdict":"correct","minutes":9}])" : "[]";
}

std::vector<Activation> make_items(const Environment& environment) {
    std::vector<Activation> items;
    for (size_t i = 0; i < kItems; ++i) {
        Activation& item = items.emplace_back(environment);
        item.set_json("item", item_json(i)).value();
        item.set_json("prediction", prediction_json(i)).value();
        item.set_json("history", countersign::parse_json(history_json(i)).value()).value();
    }
    return items;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

struct Measured {
    double nanoseconds = 1e18;  // of one evaluation
    size_t holds = 0;           // of kItems
};

// A function of its own, called often: a wasm engine replaces a function by its optimised form only between two calls.
[[gnu::noinline]] size_t run_series(Evaluator& evaluator, const Program& rule, const std::vector<Activation>& items) {
    size_t holds = 0;
    for (int round = 0; round < kRounds; ++round) {
        for (const Activation& item : items) {
            holds += evaluator.decide(rule, item) == Verdict::yes ? 1 : 0;
        }
    }
    return holds;
}

Measured measure(const Program& rule, const std::vector<Activation>& items, int series) {
    Evaluator evaluator;
    Measured out;
    for (int i = 0; i < series; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        const size_t holds = run_series(evaluator, rule, items);
        const double evaluations = static_cast<double>(kRounds) * static_cast<double>(items.size());
        out.nanoseconds = std::min(out.nanoseconds, seconds_since(begin) * 1e9 / evaluations);
        out.holds = holds / kRounds;
    }
    return out;
}

[[gnu::noinline]] void fill(Activation& to, const Activation& from) {
    for (uint32_t slot = 0; slot < to.environment().slots().size(); ++slot) {
        to.set(slot, from.values()[slot]);
    }
}

double measure_filling(const Environment& environment, const Activation& from, int series) {
    Activation to(environment);
    double best = 1e18;
    for (int i = 0; i < series; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        for (int round = 0; round < kRounds; ++round) {
            fill(to, from);
        }
        best = std::min(best, seconds_since(begin) * 1e9 / kRounds);
    }
    return best;
}

// Rules and items as JSON, for evaluators in other languages (bench/rules).
void print_data() {
    countersign::JsonWriter w;
    w.begin_object().name("rules").begin_array();
    for (const Rule& rule : kRules) {
        w.begin_object().member("name", rule.name).member("text", rule.text).end_object();
    }
    w.end_array().name("items").begin_array();
    for (size_t i = 0; i < kItems; ++i) {
        w.begin_object().member("item", item_json(i)).member("prediction", prediction_json(i));
        w.name("history").raw(history_json(i)).end_object();
    }
    w.end_array().end_object();
    std::printf("%s\n", std::move(w).take().c_str());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string(argv[1]) == "--data") {
        print_data();
        return 0;
    }
    const int series = argc > 1 ? std::max(1, std::atoi(argv[1])) : 1'000;
    const Environment environment = routing_environment();
    const std::vector<Activation> items = make_items(environment);
    std::printf("%-20s %8s %10s %16s\n", "rule", "holds", "ns/eval", "evaluations/s");
    double sum = 0;
    const std::string only = argc > 2 ? argv[2] : "";
    for (const Rule& rule : kRules) {
        if (!only.empty() && only != rule.name) {
            continue;
        }
        const auto program = compile(rule.text, environment, {.result = types::boolean(), .what = "the condition"});
        if (!program.ok()) {
            std::printf("%s: %s\n", rule.name, program.error().text().c_str());
            return 1;
        }
        const Measured m = measure(program.value(), items, series);
        std::printf("%-20s %5zu/%zu %10.1f %16.0f\n", rule.name, m.holds, items.size(), m.nanoseconds,
                    1e9 / m.nanoseconds);
        sum += m.nanoseconds;
    }
    std::printf("%-20s %8s %10.1f %16.0f\n", "all ten, mean", "", sum / kRules.size(), 1e9 * kRules.size() / sum);
    std::printf("filling %zu slots: %.1f ns\n", environment.slots().size(),
                measure_filling(environment, items[0], series * 10));
    return 0;
}
