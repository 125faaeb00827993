#include "core/verify/report.h"

#include <catch_amalgamated.hpp>

#include "tests/support/approval.h"
#include "tests/support/cases.h"
#include "tests/support/verify_case.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

VerifyCase named(const std::string& name) {
    for (VerifyCase& one : read_verify_cases(read_case("verify/tampers.json"))) {
        if (one.name == name) {
            return std::move(one);
        }
    }
    FAIL("no such case: " << name);
    return {};
}

}  // namespace

TEST_CASE("a report reads as approved, when all is good and when it is not") {
    std::string out;
    for (const char* name : {"it holds with checkpoints from elsewhere, old and new", "a log of version 1 holds",
                             "two entries have changed places", "the head is missing"}) {
        const verify::Report report = verify_case(named(name));
        out += "== " + std::string(name) + "\n" + verify::report_text(report, "city.jsonl") + "\n";
    }
    const std::string difference = tests::differs_from_approved("verify_reports.txt", out);
    INFO(difference);
    CHECK(difference.empty());
}
