// The table of what somebody could do to a log: each change is found, by the checks that are named and nowhere else.
// The JavaScript verifier is held to the same table (tests/web/verify).

#include <set>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/support/cases.h"
#include "tests/support/sample_logs.h"
#include "tests/support/verify_case.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::string words(const std::map<std::string, std::string>& found) {
    std::string out;
    for (const auto& [check, place] : found) {
        out += concat(check, ": ", place, "\n");
    }
    return out;
}

}  // namespace

TEST_CASE("what was done to a log is found by name and place") {
    const std::vector<VerifyCase> cases = read_verify_cases(read_case("verify/tampers.json"));
    REQUIRE(cases.size() > 100);
    std::set<std::string> names;
    for (const VerifyCase& one : cases) {
        const verify::Report report = verify_case(one);
        INFO(one.name << "\n" << verify::report_text(report, "bundle"));
        CHECK(words(found_in(report)) == words(one.finds));
        CHECK(report.good() == one.finds.empty());
        CHECK(names.insert(one.name).second);
    }
}

TEST_CASE("every check fails in some case of the table, so that none is a check in name only") {
    std::set<std::string> failing;
    for (const VerifyCase& one : read_verify_cases(read_case("verify/tampers.json"))) {
        for (const auto& [check, place] : one.finds) {
            failing.insert(check);
        }
    }
    for (size_t i = 0; i < verify::kChecks; ++i) {
        INFO(verify::check_info(static_cast<verify::Check>(i)).name);
        CHECK(failing.contains(std::string(verify::check_info(static_cast<verify::Check>(i)).name)));
    }
}

TEST_CASE("a report does not depend on the pieces in which a bundle comes") {
    for (const VerifyCase& one : read_verify_cases(read_case("verify/tampers.json"))) {
        if (one.bundle.size() > 60'000) {
            continue;  // byte by byte, that would only take longer
        }
        const std::string whole = verify::report_json(verify_case(one, one.bundle.size() + 1));
        for (const size_t piece : {size_t{1}, size_t{7}, size_t{1'000}}) {
            INFO(one.name << ", pieces of " << piece);
            REQUIRE(verify::report_json(verify_case(one, piece)) == whole);
        }
    }
}

TEST_CASE("logs of random shape hold") {
    for (uint64_t seed = 1; seed <= 120; ++seed) {
        const VerifyCase one{"random", render(random_log(seed)), {}, {}, {}};
        const verify::Report report = verify_case(one);
        INFO("seed " << seed << "\n" << verify::report_text(report, "bundle"));
        REQUIRE(report.good());
        REQUIRE(report.counts.operations <= report.of(verify::Check::streams).done);
    }
}

TEST_CASE("no byte of a bundle can be turned without being noticed") {
    constexpr uint64_t kSeed = 8;
    SeededEntropy entropy(kSeed);
    const std::string bundle = render(sample_log("mixed"));
    for (int round = 0; round < 600; ++round) {
        std::string changed = bundle;
        const size_t at = entropy.below(changed.size());
        const int bit = entropy.below(8);
        changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
        INFO("seed " << kSeed << ", byte " << at << ", bit " << bit);
        REQUIRE_FALSE(verify_case({"", changed, {}, {}, {}}).good());
    }
}
