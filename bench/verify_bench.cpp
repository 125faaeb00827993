// How long it takes to verify a bundle, beside only hashing its bytes in the same run.
//   verify_bench FILE      tests/core/verify/make_bundles.cpp makes large ones: make_bundles large FILE 1000000 20

#include <cstdio>
#include <memory>
#include <string>

#include "bench/measure.h"
#include "core/verify/verifier.h"

using namespace countersign;

namespace {

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

// Calls `take` for each piece of the file; false when it cannot be read.
template <class Take>
bool for_each_piece(const char* name, Take take) {
    const std::unique_ptr<std::FILE, Close> file(std::fopen(name, "rb"));
    if (file == nullptr) {
        return false;
    }
    std::string piece(size_t{64} * 1024, '\0');
    for (size_t got = piece.size(); got == piece.size();) {
        got = std::fread(piece.data(), 1, piece.size(), file.get());
        take(std::string_view(piece.data(), got));
    }
    return std::ferror(file.get()) == 0;
}

struct Timed {
    double wall_s = 0;
    double cpu_s = 0;
};

template <class Work>
Timed timed(Work work) {
    const bench::Stopwatch watch;
    const double began = bench::cpu_seconds();
    work();
    return {watch.seconds(), bench::cpu_seconds() - began};
}

void row(const char* what, const Timed& time, const verify::Counts& counts) {
    std::printf("%-28s %8.2f s wall %8.2f s CPU %10.0f entries/s CPU %8.0f MB/s CPU\n", what, time.wall_s, time.cpu_s,
                static_cast<double>(counts.leaves) / time.cpu_s, static_cast<double>(counts.bytes) / 1e6 / time.cpu_s);
}

int run(const char* name) {
    verify::BundleVerifier verifier;
    verify::Report report;
    bool read = true;
    const Timed verified = timed([&] {
        read = for_each_piece(name, [&](std::string_view piece) { verifier.feed(piece); });
        report = verifier.finish();
    });
    Sha256Stream hash;
    const Timed hashed = timed([&] {
        read = for_each_piece(name, [&](std::string_view piece) { hash.update(piece); }) && read;
        static_cast<void>(hash.finish());
    });
    if (!read) {
        std::fprintf(stderr, "%s cannot be read\n", name);
        return 2;
    }
    const verify::Counts& counts = report.counts;
    std::printf(
        "%s: %llu entries, %llu operations, %llu signatures of devices, %llu checkpoints, %llu texts, %.0f MB\n",
        report.good() ? "verified" : "NOT verified", static_cast<unsigned long long>(counts.leaves),
        static_cast<unsigned long long>(counts.operations), static_cast<unsigned long long>(counts.signatures),
        static_cast<unsigned long long>(counts.checkpoints), static_cast<unsigned long long>(counts.texts),
        static_cast<double>(counts.bytes) / 1e6);
    row("SHA-256 of the bytes alone", hashed, counts);
    row("verified, one thread", verified, counts);
    std::printf("%.1f x of the hashing; peak memory %lld MiB\n", verified.cpu_s / hashed.cpu_s,
                static_cast<long long>(bench::peak_memory_mib()));
    return report.good() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: verify_bench FILE\n", stderr);
        return 2;
    }
    return run(argv[1]);
}
