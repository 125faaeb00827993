// How long consensus takes, natively or (under node) as wasm.
//   consensus_bench ANSWERS.csv [SYNTHETIC]   task,worker,label below a heading. SYNTHETIC: answers of
//                                             the generated table, 1,000,000 unless given
// Prints per method: seconds of CPU, iterations, answers per second, and the memory that it allocated at most, per
// answer.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <new>
#include <string>
#include <vector>

#include "core/consensus/guard.h"
#include "core/stats/random.h"
#include "core/table/answers.h"

using namespace countersign;
using namespace countersign::consensus;

namespace {

// Bytes that are allocated now, and the most since begin_peak().
size_t& allocated() {
    static size_t bytes = 0;
    return bytes;
}

size_t& peak() {
    static size_t bytes = 0;
    return bytes;
}

constexpr size_t kHead = 16;  // in front of each block: its size, and alignment kept

}  // namespace

void* operator new(size_t size) {
    void* block = std::malloc(size + kHead);
    if (block == nullptr) {
        std::abort();
    }
    *static_cast<size_t*>(block) = size;
    allocated() += size;
    peak() = std::max(peak(), allocated());
    return static_cast<char*>(block) + kHead;
}

void operator delete(void* at) noexcept {
    if (at != nullptr) {
        void* block = static_cast<char*>(at) - kHead;
        allocated() -= *static_cast<size_t*>(block);
        std::free(block);
    }
}

void operator delete(void* at, size_t) noexcept {
    operator delete(at);
}

namespace {

struct Loaded {
    std::vector<stats::Answer> answers;
    uint32_t items = 0;
    uint32_t reviewers = 0;
    uint32_t labels = 0;

    void add(const stats::Answer& answer) {
        answers.push_back(answer);
        items = std::max(items, answer.item + 1);
        reviewers = std::max(reviewers, answer.reviewer + 1);
        labels = std::max(labels, answer.label + 1);
    }
};

// Without answers where there is no such file, or another one.
Loaded read(const char* path) {
    std::ifstream file(path, std::ios::binary);
    const std::string csv(std::istreambuf_iterator<char>(file), {});
    table::AnswerReader answers;
    table::RecordReader reader(answers);
    Loaded out;
    if (!reader.feed(csv).ok() || !reader.finish().ok()) {
        return out;
    }
    const auto named = answers.finish();
    for (const stats::Answer& answer : named.ok() ? named.value().answers : std::vector<stats::Answer>()) {
        out.add(answer);
    }
    out.answers = stats::without_repeats(std::move(out.answers), stats::Repeats::keep_first);
    return out;
}

// Five answers an item by reviewers of all kinds, four labels.
Loaded synthetic(size_t answers) {
    stats::Random random(1);
    Loaded out;
    out.answers.reserve(answers);
    const uint64_t reviewers = 1'000;
    for (size_t i = 0; i < answers; ++i) {
        const auto item = static_cast<uint32_t>(i / 5);
        const auto truth = item % 4;
        const auto reviewer = static_cast<uint32_t>(random.below(reviewers));
        const bool right = random.uniform() < 0.4 + (0.5 * reviewer / static_cast<double>(reviewers));
        out.add({item, reviewer, right ? truth : static_cast<uint32_t>(random.below(4))});
    }
    return out;
}

void measure(const stats::AnswerTable& table, Method method) {
    const size_t before = allocated();
    peak() = before;
    const std::clock_t begin = std::clock();
    const GuardedConsensus found = guarded_consensus(table, {}, {.method = method});
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    const auto answers = static_cast<double>(table.all().size());
    const std::string name(method_name(method));
    std::printf("%-56s %8.3f s %5zu its %12.0f answers/s %7.1f bytes/answer%s\n", name.c_str(), seconds,
                found.consensus.iterations, answers / seconds, static_cast<double>(peak() - before) / answers,
                found.fallbacks.empty() ? "" : "  (fell back)");
}

void measure_all(const char* what, const Loaded& from) {
    const stats::AnswerTable table(from.answers, from.items, from.reviewers, from.labels);
    std::printf("%s: %zu answers, %zu items, %zu reviewers, %zu labels; the table itself has %.1f bytes/answer\n", what,
                table.all().size(), table.items(), table.reviewers(), table.labels(),
                static_cast<double>(table.all().size() * sizeof(stats::Answer) + (table.items() + 1) * sizeof(size_t)) /
                    static_cast<double>(table.all().size()));
    for (const Method method :
         {Method::majority, Method::wawa, Method::dawid_skene, Method::hierarchical, Method::hierarchical_with_wawa,
          Method::ordinal, Method::one_coin, Method::bayesian_confusions, Method::glad, Method::weighted_average}) {
        measure(table, method);
    }
}

}  // namespace

int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape)
    if (argc < 2) {
        std::fprintf(stderr, "consensus_bench ANSWERS.csv [SYNTHETIC]\n");
        return 2;
    }
    const Loaded from = read(argv[1]);
    if (from.answers.empty()) {
        std::fprintf(stderr, "%s: no answers\n", argv[1]);
        return 1;
    }
    measure_all(argv[1], from);
    measure_all("generated", synthetic(argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1'000'000));
    return 0;
}
