#include "native/cli/parallel_signatures.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace countersign::native {

namespace {

constexpr size_t kShare = 32;  // signatures at a time; each takes some 80 microseconds
constexpr size_t kThreads_max = 16;

}  // namespace

std::vector<uint8_t> ParallelSignatures::verify(const std::vector<verify::SignatureJob>& jobs) {
    std::vector<uint8_t> out(jobs.size());
    std::atomic<size_t> next = 0;
    const auto work = [&] {
        for (size_t from = next.fetch_add(kShare); from < jobs.size(); from = next.fetch_add(kShare)) {
            for (size_t i = from; i < std::min(from + kShare, jobs.size()); ++i) {
                out[i] = crypto::verify(jobs[i].key, jobs[i].message, jobs[i].signature) ? 1 : 0;
            }
        }
    };
    const size_t useful = std::min<size_t>({std::thread::hardware_concurrency(), kThreads_max, jobs.size() / kShare});
    std::vector<std::thread> others;
    others.reserve(useful);
    for (size_t i = 1; i < useful; ++i) {
        others.emplace_back(work);
    }
    work();
    for (std::thread& other : others) {
        other.join();
    }
    return out;
}

}  // namespace countersign::native
