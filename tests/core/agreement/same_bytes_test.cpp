// The same answers and the same seed give the same bytes natively and in wasm: values as they were approved, to the
// last bit.

#include <bit>
#include <charconv>
#include <cstdint>
#include <string>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/agreement/report.h"
#include "tests/core/agreement/answer_cases.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;
using namespace countersign::agreement;

namespace {

// The 64 bits of each number.
std::string hexadecimal(std::initializer_list<double> values) {
    std::string out;
    for (const double value : values) {
        char digits[16];
        const auto [end, error] = std::to_chars(digits, digits + 16, std::bit_cast<uint64_t>(value), 16);
        out.append(out.empty() ? "" : " ").append(digits, end);
    }
    return out;
}

std::string bytes_of(const CoefficientLine& line) {
    const auto& coefficient = std::get<Coefficient>(line.outcome);
    return std::string(name_of(line.which)) + " " + std::string(name_of(line.weights)) + " " +
           hexadecimal({coefficient.value, coefficient.spread->standard_error, coefficient.spread->interval.low});
}

std::string bytes_of(const AlphaLine& line) {
    const auto& spread = std::get<AlphaSpread>(line.spread);
    return std::string(name_of(line.distance)) + " " +
           hexadecimal({std::get<Alpha>(line.alpha).value, spread.standard_error, spread.percentile.low,
                        spread.percentile.high, spread.bca->low, spread.bca->high});
}

}  // namespace

TEST_CASE("a report of agreement is the same to the last bit everywhere") {
    const Json cases = parse_json(read_case("agreement/same_bytes.json")).value();
    const AnswerSet set = answers_of(cases);
    const AgreementReport report =
        agreement_report(set.table, {.scale = Scale::ratio, .values = set.values, .bootstrap = {.seed = 99}});
    std::vector<std::string> got;
    got.reserve(report.coefficients.size() + report.alphas.size());
    for (const CoefficientLine& line : report.coefficients) {
        got.push_back(bytes_of(line));
    }
    for (const AlphaLine& line : report.alphas) {
        got.push_back(bytes_of(line));
    }
    const JsonArray& expected = *cases.find("expected")->array();
    REQUIRE(got.size() == expected.size());
    for (size_t i = 0; i < got.size(); ++i) {
        CHECK(got[i] == *expected[i].string());
    }
}
