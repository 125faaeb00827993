// The special functions against values of 25 digits, as cases (tests/cases/stats/special.json: {function, arguments,
// value}, made with mpmath at 60 digits).
#include "core/stats/special.h"

#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/json/json.h"
#include "core/stats/elementary.h"
#include "tests/support/cases.h"
#include "tests/support/numbers.h"

using namespace countersign;

namespace {

using Arguments = std::vector<double>;

struct Tested {
    std::function<double(const Arguments&)> call;
    double relative;
    double absolute = 0;  // near a zero
};

const std::map<std::string, Tested, std::less<>> kFunctions{
    {"exp", {[](const Arguments& x) { return stats::exp(x[0]); }, 4e-16}},
    {"expm1", {[](const Arguments& x) { return stats::expm1(x[0]); }, 1e-15}},
    {"log", {[](const Arguments& x) { return stats::log(x[0]); }, 4e-16}},
    {"log1p", {[](const Arguments& x) { return stats::log1p(x[0]); }, 1e-15}},
    {"pow", {[](const Arguments& x) { return stats::pow(x[0], x[1]); }, 1e-13}},
    {"log_gamma", {[](const Arguments& x) { return stats::log_gamma(x[0]); }, 1e-13, 1e-14}},
    {"digamma", {[](const Arguments& x) { return stats::digamma(x[0]); }, 1e-13, 1e-13}},
    {"log_beta", {[](const Arguments& x) { return stats::log_beta(x[0], x[1]); }, 1e-12, 1e-13}},
    {"beta_cdf", {[](const Arguments& x) { return stats::beta_cdf(x[0], x[1], x[2]); }, 1e-10}},
    {"log_beta_cdf", {[](const Arguments& x) { return stats::log_beta_cdf(x[0], x[1], x[2]); }, 1e-10}},
    {"log_beta_tail", {[](const Arguments& x) { return stats::log_beta_tail(x[0], x[1], x[2]); }, 1e-10}},
    {"beta_quantile", {[](const Arguments& x) { return stats::beta_quantile(x[0], x[1], x[2]); }, 1e-10}},
    {"binomial_cdf",
     {[](const Arguments& x) {
          return stats::binomial_cdf(static_cast<int64_t>(x[0]), static_cast<int64_t>(x[1]), x[2]);
      },
      1e-10}},
    {"log_binomial_cdf",
     {[](const Arguments& x) {
          return stats::log_binomial_cdf(static_cast<int64_t>(x[0]), static_cast<int64_t>(x[1]), x[2]);
      },
      1e-10}},
    {"gamma_cdf", {[](const Arguments& x) { return stats::gamma_cdf(x[0], x[1]); }, 1e-10}},
    {"normal_cdf", {[](const Arguments& x) { return stats::normal_cdf(x[0]); }, 1e-10}},
    {"normal_quantile", {[](const Arguments& x) { return stats::normal_quantile(x[0]); }, 1e-10}},
    {"chi_squared_cdf", {[](const Arguments& x) { return stats::chi_squared_cdf(x[0], x[1]); }, 1e-10}},
    {"chi_squared_quantile", {[](const Arguments& x) { return stats::chi_squared_quantile(x[0], x[1]); }, 1e-10}},
    {"student_t_cdf", {[](const Arguments& x) { return stats::student_t_cdf(x[0], x[1]); }, 1e-10}},
    {"student_t_quantile", {[](const Arguments& x) { return stats::student_t_quantile(x[0], x[1]); }, 1e-10}},
};

}  // namespace

TEST_CASE("special functions are as true as they promise, at both ends of their range") {
    const auto cases = parse_json(testing::read_case("stats/special.json"));
    REQUIRE(cases.ok());
    for (const Json& one : *cases.value().array()) {
        const std::string& function = *one.find("function")->string();
        Arguments arguments;
        for (const Json& argument : *one.find("arguments")->array()) {
            arguments.push_back(testing::number_of(argument));
        }
        const double value = std::strtod(one.find("value")->string()->c_str(), nullptr);
        const Tested& tested = kFunctions.at(function);
        CAPTURE(function, arguments, value);
        const double ours = tested.call(arguments);
        CHECK_THAT(ours, Catch::Matchers::WithinRel(value, tested.relative) ||
                             Catch::Matchers::WithinAbs(value, tested.absolute));
    }
}
