// sim [--seeds N] [--from S] [--seed S] [--actions N] [--trace] [--expect I5]: whole lives of a server and its devices,
// with everything going wrong, from seeds (docs/simulator.md). Ends with 1 when a promise did not hold, with the
// command that repeats it; with 2 when, in a thousand seeds or more, a mishap that is to be tested never happened. With
// --expect it is a mutant that is run: then it ends with 1 when that promise held in all seeds.

#include <algorithm>
#include <cstdio>
#include <cstdlib>  // says whether the C library is glibc
#include <optional>
#include <string>
#include <string_view>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <sqlite3.h>

#include "core/base/concat.h"
#include "tests/sim/drill.h"
#include "tests/sim/quiet.h"
#include "tests/sim/world.h"

namespace {

using namespace countersign;
using namespace countersign::sim;

constexpr uint64_t kEnough = 1'000;  // seeds, for everything to happen

struct Options {
    uint64_t from = 1;
    uint64_t seeds = 100;
    size_t actions = 0;  // of the mishaps and people of a life; 0: as the seed has it
    bool trace = false;
    std::string expect;  // the invariant that has to break
    std::string program = "sim";
};

struct Outcome {
    std::vector<Breach> breaches;
    MishapCounts mishaps;
    Digest digest;
    int64_t lasted_us = 0;
    uint64_t operations = 0;
};

// Worlds come and go: giving their memory back to the system and taking it again is a fifth of the time.
void keep_memory() {
#ifdef __GLIBC__
    constexpr int kKept_bytes = 1 << 30;
    mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the most that it takes
    mallopt(M_TRIM_THRESHOLD, kKept_bytes);
    mallopt(M_TOP_PAD, 16 << 20);
#endif
}

// Most mistakes show in short lives, which cost a quarter; some need long ones.
size_t actions_of(uint64_t seed, const Options& options) {
    if (options.actions != 0) {
        return options.actions;
    }
    return seed % 8 == 0 ? 70 : 18;
}

Outcome run(uint64_t seed, const Options& options, bool trace) {
    sqlite3_randomness(0, nullptr);
    World world(seed, trace);
    world.live(actions_of(seed, options));
    if (world.breaches.empty()) {
        come_to_rest(world);
    }
    if (world.breaches.empty()) {
        check_at_rest(world);
    }
    if (world.breaches.empty() && (seed % 10 == 3 || seed % 10 == 7)) {
        drill(world, seed);
    }
    Outcome out;
    std::string stores;
    if (world.server.up()) {
        stores += dump_store(world.server.database());
        out.operations = world.server.operations().size();
    }
    for (const auto& desk : world.desks) {
        stores += desk->running() ? dump_store(*desk->machine.database) : std::string();
    }
    out.digest = world.trace.digest(stores);
    out.breaches = world.breaches;
    out.mishaps = world.mishaps;
    out.lasted_us = world.timeline.now_us();
    return out;
}

std::optional<Options> read(int count, char** words) {
    Options out;
    out.program = words[0];
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (word == "--trace") {
            out.trace = true;
            continue;
        }
        if (i + 1 == count) {
            return std::nullopt;
        }
        if (word == "--expect") {
            out.expect = words[++i];
            continue;
        }
        const uint64_t number = std::strtoull(words[++i], nullptr, 10);
        if (word == "--seeds") {
            out.seeds = number;
        } else if (word == "--from") {
            out.from = number;
        } else if (word == "--seed") {
            out.from = number;
            out.seeds = 1;
        } else if (word == "--actions") {
            out.actions = static_cast<size_t>(number);
        } else {
            return std::nullopt;
        }
    }
    return out;
}

int print_breach(uint64_t seed, const Options& options, const Outcome& outcome) {
    for (const Breach& breach : outcome.breaches) {
        std::printf("%s does not hold: %s\n", breach.invariant.c_str(), breach.words.c_str());
    }
    std::printf("again: %s --seed %llu --actions %zu --trace\n", options.program.c_str(),
                static_cast<unsigned long long>(seed), actions_of(seed, options));
    return 1;
}

bool breaks(const Outcome& outcome, const std::string& invariant) {
    return std::any_of(outcome.breaches.begin(), outcome.breaches.end(),
                       [&](const Breach& breach) { return breach.invariant == invariant; });
}

// Whether the mutant is found out, by the invariant that is there for it.
int run_mutant(const Options& options) {
    for (uint64_t seed = options.from; seed < options.from + options.seeds; ++seed) {
        const Outcome outcome = run(seed, options, options.trace);
        if (breaks(outcome, options.expect)) {
            std::printf("caught with seed %llu\n", static_cast<unsigned long long>(seed));
            return print_breach(seed, options, outcome) - 1;
        }
    }
    std::printf("the mutant was not caught by %s in %llu seeds\n", options.expect.c_str(),
                static_cast<unsigned long long>(options.seeds));
    return 1;
}

bool print_counts(const MishapCounts& mishaps) {
    bool all = true;
    for (size_t i = 0; i < kMishaps; ++i) {
        const std::string_view name = mishap_name(static_cast<Mishap>(i));
        std::printf("  %10llu  %.*s\n", static_cast<unsigned long long>(mishaps.counts[i]),
                    static_cast<int>(name.size()), name.data());
        all = all && mishaps.counts[i] > 0;
    }
    return all;
}

}  // namespace

// What throws here has no memory left: the run may end then.
int main(int count, char** words) {  // NOLINT(bugprone-exception-escape)
    const auto options = read(count, words);
    if (!options) {
        std::fprintf(stderr, "use: sim [--seeds N] [--from S] [--seed S] [--actions N] [--trace]\n");
        return 64;
    }
    keep_memory();
    if (!options->expect.empty()) {
        return run_mutant(*options);
    }
    MishapCounts mishaps;
    int64_t lasted_us = 0;
    uint64_t operations = 0;
    for (uint64_t i = 0; i < options->seeds; ++i) {
        const uint64_t seed = options->from + i;
        const Outcome outcome = run(seed, *options, options->trace);
        mishaps.add(outcome.mishaps);
        lasted_us += outcome.lasted_us;
        operations += outcome.operations;
        if (!outcome.breaches.empty()) {
            return print_breach(seed, *options, outcome);
        }
        // Every hundredth is run twice: what a seed gives must not depend on anything else.
        if ((i % 100 == 0 || options->seeds == 1) && run(seed, *options, false).digest != outcome.digest) {
            std::printf("seed %llu gives another run the second time\n", static_cast<unsigned long long>(seed));
            return 1;
        }
    }
    std::printf("%llu seeds from %llu, %lld simulated hours, %llu operations on servers\n",
                static_cast<unsigned long long>(options->seeds), static_cast<unsigned long long>(options->from),
                static_cast<long long>(lasted_us / kHour_us), static_cast<unsigned long long>(operations));
    const bool all = print_counts(mishaps);
    if (!all && options->seeds >= kEnough) {
        std::printf("some mishaps never happened\n");
        return 2;
    }
    return 0;
}
