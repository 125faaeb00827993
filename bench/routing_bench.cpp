// A million predictions through a policy of twenty rules: items a second, bytes allocated for each.
//   routing_bench POLICY [ITEMS]          routes that many (1,000,000); prints a table
//   routing_bench POLICY --data           documents and predictions as JSON, for
//   bench/rules/routing_beside_javascript.mjs
// 1,000 documents and predictions take turns; confidences differ from item to item.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <new>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "core/base/concat.h"
#include "core/json/writer.h"
#include "core/policy/load.h"
#include "core/routing/router.h"
#include "core/stats/random.h"

namespace {

uint64_t allocated_bytes = 0;
uint64_t allocations = 0;

}  // namespace

void* operator new(size_t size) {
    allocated_bytes += size;
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    std::abort();
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, size_t) noexcept {
    std::free(memory);
}

namespace {

using namespace countersign;
using namespace countersign::bench;

constexpr size_t kDocuments = 1'000;
constexpr Instant kNow{1'790'000'000'000'000};
constexpr const char* kLabels[] = {"street_light", "waste", "noise", "road", "gas_smell", "flooding"};
constexpr const char* kWords[] = {"The lamp in front of our house is dark since Monday.",
                                  "Nobody has collected the waste in our street for two weeks now.",
                                  "There is loud music every night until three, we cannot sleep.",
                                  "A deep hole in the road near the school, somebody will fall.",
                                  "It smells of gas in the stairwell.",
                                  "My gas bill is wrong and nobody answers.",
                                  "The newspaper wrote about it, my lawyer will, too.",
                                  "Water stands in the underpass after every rain, cars turn round."};

struct Made {
    std::string text;
    Json document;
    Prediction prediction;
};

std::vector<Made> make() {
    stats::Random random(1);
    std::vector<Made> out;
    for (size_t i = 0; i < kDocuments; ++i) {
        JsonWriter w;
        w.begin_object().name("input").begin_object().member(
            "text", concat(kWords[random.below(20) < 17 ? random.below(4) : random.below(8)], " Number ", i, "."));
        w.end_object().name("metadata").begin_object();
        w.member("channel", random.below(30) == 0 ? "letter" : random.below(2) == 0 ? "web" : "phone");
        w.member("district", random.below(8) == 0 ? "harbour" : "north");
        w.member("attachments", static_cast<int64_t>(random.below(5) == 0 ? random.below(6) : 0));
        if (random.below(50) == 0) {
            w.member_bool("vip", true);
        }
        w.end_object().end_object();
        Made one;
        one.text = std::move(w).take();
        one.document = parse_json(one.text).value();
        const size_t label = random.below(40) == 0 ? 4 + random.below(2) : random.below(4);
        one.prediction.model = ModelId(random.below(10) == 0 ? "topics-8" : "topics-7");
        one.prediction.label = LabelId(kLabels[label]);
        for (size_t k = 0; k < 4; ++k) {
            if (k != label) {
                one.prediction.scores.push_back(
                    {LabelId(kLabels[k]), Ppm{static_cast<int32_t>(random.below(150'000))}});
            }
        }
        sort_scores(one.prediction.scores);
        out.push_back(std::move(one));
    }
    return out;
}

// Of the nth item: the same in JavaScript.
Ppm confidence_of(uint64_t n) {
    return Ppm{static_cast<int32_t>(150'000 + n * 7'919 % 850'000)};
}

void print_data(const std::vector<Made>& made) {
    JsonWriter w;
    w.begin_array();
    for (const Made& one : made) {
        w.begin_object().name("document").raw(one.text).name("prediction").begin_object();
        w.member("model", one.prediction.model.text).member("label", one.prediction.label.text);
        w.name("scores").begin_object();
        for (const Score& score : one.prediction.scores) {
            w.name(score.label.text).decimal(to_decimal(score.score));
        }
        w.end_object().end_object().end_object();
    }
    w.end_array();
    std::printf("%s\n", std::move(w).take().c_str());
}

}  // namespace

int main(int argc, char** argv) {
    std::ifstream file(argc > 1 ? argv[1] : "", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const auto policy = load_policy(bytes);
    if (!policy.ok()) {
        std::fprintf(stderr, "routing_bench POLICY [ITEMS | --data]: %s\n", policy.error().text().c_str());
        return 2;
    }
    std::vector<Made> made = make();
    const std::string how = argc > 2 ? argv[2] : "1000000";
    if (how == "--data") {
        print_data(made);
        return 0;
    }
    const uint64_t count = std::strtoull(how.c_str(), nullptr, 10);
    std::map<std::string, uint64_t> routes;
    std::vector<uint64_t*> counters;
    for (const RouteDef& route : policy.value().routes) {
        counters.push_back(&routes[route.id]);
    }
    Router router(policy.value());
    const uint64_t bytes_before = allocated_bytes;
    const uint64_t allocations_before = allocations;
    const Stopwatch watch;
    for (uint64_t n = 0; n < count; ++n) {
        Made& one = made[n % kDocuments];
        one.prediction.confidence = confidence_of(n);
        const RouteTaken taken = router.route({"x", &one.document}, one.prediction, kNow);
        ++routes.find(taken.route)->second;
    }
    const double seconds = watch.seconds();
    const auto per_item = [&](uint64_t of) { return static_cast<double>(of) / static_cast<double>(count); };
    std::printf(
        "%llu items, 20 rules: %.2f s, %.0f items/s, %.0f bytes and %.1f allocations an item, %lld MiB at most\n",
        static_cast<unsigned long long>(count), seconds, static_cast<double>(count) / seconds,
        per_item(allocated_bytes - bytes_before), per_item(allocations - allocations_before),
        static_cast<long long>(peak_memory_mib()));
    for (const auto& [route, items] : routes) {
        std::printf("%s %llu\n", route.c_str(), static_cast<unsigned long long>(items));
    }
    return 0;
}
