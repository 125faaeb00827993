// What is stored of calibration is the same text on every machine, natively and in wasm.

#include <catch_amalgamated.hpp>

#include "core/base/number_text.h"
#include "core/calibration/bootstrap.h"
#include "core/calibration/calibrator_json.h"
#include "core/calibration/choose.h"
#include "core/calibration/diagram.h"
#include "core/calibration/fit.h"
#include "core/json/writer.h"
#include "core/stats/random.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::calibration;
using namespace countersign::testing;

namespace {

std::vector<Outcome> reviews() {
    stats::Random random(51);
    std::vector<Outcome> out;
    for (int i = 0; i < 400; ++i) {
        const double confidence = random.uniform();
        out.push_back({.confidence = confidence,
                       .right = random.uniform() < 0.3 + (0.4 * confidence * confidence),
                       .weight = 1 + (2 * random.uniform())});
    }
    return out;
}

void interval(JsonWriter& writer, std::string_view name, const stats::Interval& is) {
    writer.name(name).begin_array().decimal(number_text(is.low)).decimal(number_text(is.high)).end_array();
}

}  // namespace

TEST_CASE("the same reviews give the same bytes on every machine") {
    const std::vector<Outcome> all = reviews();
    JsonWriter writer;
    writer.begin_object();
    writer.name("temperature").raw(to_json(fit_temperature(all)));
    writer.name("platt").raw(to_json(fit_platt(all)));
    writer.name("beta").raw(to_json(fit_beta(all)));
    writer.name("isotonic").raw(to_json(fit_isotonic(all)));
    writer.name("histogram").raw(to_json(fit_histogram(all)));
    const MeasureIntervals intervals = bootstrap(all, {.seed = 52, .repeats = 50}).value();
    interval(writer, "ks", intervals.ks);
    interval(writer, "log_loss", intervals.log_loss);
    interval(writer, "consistent", reliability_diagram(all, {.seed = 53, .repeats = 50}).bins.at(3).consistent);
    writer.member("choice", explain(choose_calibrator(all, {}, {.seed = 54})));
    CHECK(std::move(writer.end_object()).take() + "\n" == read_case("calibration/bytes.json"));
}
