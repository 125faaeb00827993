#pragma once
// What a verification says: every check with how much it looked at and how often it failed, the failures with their
// places, and facts that are worth knowing and no failures.
//
// Contract: at most kFailuresKept failures are kept, all are counted; facts likewise. The order is that of the file.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"

namespace countersign::verify {

// In the order in which they are told. docs/verify.md says what each one means.
enum class Check : uint8_t {
    file,
    lines,
    leaves,
    numbers,
    project,
    operations,
    streams,
    signatures,
    checkpoints,
    roots,
    seals,
    keys,
    epochs,
    seen,
    texts,
    erasures,
    own_checkpoints,
};
inline constexpr size_t kChecks = 17;

struct CheckInfo {
    std::string_view name;   // as on the wire
    std::string_view title;  // what it means that it holds
    std::string_view unit;   // what it counts
};

const CheckInfo& check_info(Check check);

inline constexpr size_t kFailuresKept = 100;
inline constexpr size_t kFactsKept = 100;
inline constexpr size_t kTypesKept = 100;

// Where something stands. 0 where it is about the whole.
struct Place {
    uint64_t leaf = 0;  // number in the log, from 1
    uint64_t line = 0;  // in the file, from 1
};

struct Failure {
    Check check = Check::file;
    Place place;
    std::string sentence;
};

struct Fact {
    std::string kind;  // fork, epoch, erasure, unsigned, lost
    Place place;
    std::string sentence;
};

// Whose word it is that the key is the server's.
enum class Trust : uint8_t { none, bundle, given };

struct Counts {
    uint64_t bytes = 0;
    uint64_t lines = 0;
    uint64_t leaves = 0;
    uint64_t leaves_v1 = 0;  // of the format before devices signed
    uint64_t operations = 0;
    uint64_t signatures = 0;  // of devices
    uint64_t streams = 0;
    uint64_t checkpoints = 0;
    uint64_t epochs = 0;
    uint64_t texts = 0;
    uint64_t erased = 0;  // commitments
    uint64_t forks = 0;
};

struct CheckResult {
    uint64_t done = 0;
    uint64_t failed = 0;
};

struct Report {
    std::string project;  // empty when the file does not say
    std::string server;
    Instant made;
    Instant first_at;  // of the first and the last leaf
    Instant last_at;
    Trust trust = Trust::none;
    Counts counts;
    std::map<std::string, uint64_t> types;  // leaves by their type; those beyond kTypesKept under "..."
    std::array<CheckResult, kChecks> checks{};
    uint64_t failed = 0;
    std::vector<Failure> failures;
    std::vector<Fact> facts;

    bool good() const { return failed == 0; }

    const CheckResult& of(Check check) const { return checks[static_cast<size_t>(check)]; }
};

// What checks write to.
class Findings {
public:
    void done(Check check, uint64_t count = 1) { report_.checks[static_cast<size_t>(check)].done += count; }

    void fail(Check check, Place place, std::string_view sentence);
    void fact(std::string_view kind, Place place, std::string_view sentence);
    void count_type(std::string_view type);
    // Failures that were found late come to where they are in the file; those without a line stay last.
    void sort();

    Report& report() { return report_; }

    Counts& counts() { return report_.counts; }

private:
    Report report_;
};

// One JSON object in a line, as `countersign verify --json` prints it.
std::string report_json(const Report& report);
// For a person who is no programmer: `name` is what the bundle is called.
std::string report_text(const Report& report, std::string_view name);

}  // namespace countersign::verify
