#pragma once
// Wall time and peak memory, for tables.

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>

#include <sys/resource.h>

namespace countersign::bench {

class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// CPU time of this process so far.
inline double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

inline int64_t peak_memory_mib() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss / 1024;
}

inline void row(const std::string& what, double seconds, int64_t count, double baseline_s) {
    std::printf("%-44s %9.2f s %12.0f /s %8.2f x\n", what.c_str(), seconds, static_cast<double>(count) / seconds,
                baseline_s / seconds);
}

}  // namespace countersign::bench
