#include "core/calibration/calibrator_json.h"

#include <array>
#include <optional>
#include <utility>

#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/json/fields.h"
#include "core/json/number.h"
#include "core/json/writer.h"

namespace countersign::calibration {

namespace {

constexpr size_t kMostPairs = 10'000;

using Pair = std::pair<double, double>;

void number(JsonWriter& writer, std::string_view name, double value) {
    writer.name(name).decimal(number_text(value));
}

template <class List, class PairOf>
void pairs(JsonWriter& writer, std::string_view name, const List& list, PairOf pair_of) {
    writer.name(name).begin_array();
    for (const auto& one : list) {
        const Pair pair = pair_of(one);
        writer.begin_array().decimal(number_text(pair.first)).decimal(number_text(pair.second)).end_array();
    }
    writer.end_array();
}

void write(JsonWriter& /*writer*/, const Identity& /*nothing*/) {}

void write(JsonWriter& writer, const Temperature& by) {
    writer.member("over", by.over == Temperature::Over::classes ? "classes" : "confidence");
    number(writer, "temperature", by.temperature);
}

void write(JsonWriter& writer, const Platt& by) {
    number(writer, "slope", by.slope);
    number(writer, "intercept", by.intercept);
}

void write(JsonWriter& writer, const Beta& by) {
    number(writer, "a", by.a);
    number(writer, "b", by.b);
    number(writer, "intercept", by.intercept);
}

void write(JsonWriter& writer, const Isotonic& by) {
    pairs(writer, "knots", by.knots, [](const Isotonic::Knot& knot) { return Pair(knot.confidence, knot.value); });
}

void write(JsonWriter& writer, const Histogram& by) {
    pairs(writer, "bins", by.bins, [](const Histogram::Bin& bin) { return Pair(bin.up_to, bin.value); });
}

constexpr double kMostCoefficient = 1e9;

// A number from `least` to 1e9; with `least` = 0 for what must not make the map fall.
Result<double> coefficient(Fields& fields, std::string_view name, double least) {
    const Json* json = fields.optional(name);
    if (json == nullptr) {
        return fields.error(name, "is missing");
    }
    const std::optional<double> value = as_double(*json);
    if (!value || *value < least || *value > kMostCoefficient) {
        return fields.error(name, concat("must be a number from ", number_text(least), " to ",
                                         number_text(kMostCoefficient), ", but is ", to_text(*json)));
    }
    return *value;
}

// Pairs of two numbers in 0 to 1, the first rising, the second not falling.
Result<std::vector<Pair>> read_pairs(Fields& fields, std::string_view name) {
    const JsonArray* list = CS_TRY(fields.list(name, kMostPairs));
    if (list->empty()) {
        return fields.error(name, "must not be empty");
    }
    std::vector<Pair> out;
    for (const Json& one : *list) {
        const auto wrong = [&](std::string_view why) {
            return fields.error(element_path(name, out.size()), concat(why, ", but is ", to_text(one)));
        };
        const JsonArray* two = one.array();
        const auto first = two != nullptr && two->size() == 2 ? as_double((*two)[0]) : std::nullopt;
        const auto second = first ? as_double((*two)[1]) : std::nullopt;
        if (!second || *first < 0 || *first > 1 || *second < 0 || *second > 1) {
            return wrong("must be two numbers from 0 to 1");
        }
        if (!out.empty() && (*first <= out.back().first || *second < out.back().second)) {
            return wrong("must lie further on than the one before, and not lower");
        }
        out.emplace_back(*first, *second);
    }
    return out;
}

Result<Calibrator> read_temperature(Fields& fields) {
    static const std::array<std::string, 2> kOver{"confidence", "classes"};
    const size_t over = CS_TRY(fields.choice("over", kOver));
    const double temperature = CS_TRY(coefficient(fields, "temperature", 1e-9));
    return Calibrator(Temperature{.over = over == 1 ? Temperature::Over::classes : Temperature::Over::confidence,
                                  .temperature = temperature});
}

Result<Calibrator> read_isotonic(Fields& fields) {
    Isotonic out;
    for (const Pair& pair : CS_TRY(read_pairs(fields, "knots"))) {
        out.knots.push_back({pair.first, pair.second});
    }
    return Calibrator(std::move(out));
}

Result<Calibrator> read_histogram(Fields& fields) {
    Histogram out;
    for (const Pair& pair : CS_TRY(read_pairs(fields, "bins"))) {
        out.bins.push_back({pair.first, pair.second});
    }
    if (out.bins.back().up_to != 1) {
        return fields.error("bins", "must end at 1");
    }
    return Calibrator(std::move(out));
}

Result<Calibrator> read_method(Fields& fields) {
    static const std::array<std::string, 6> kMethods{"identity", "temperature", "platt",
                                                     "beta",     "isotonic",    "histogram"};
    switch (CS_TRY(fields.choice("method", kMethods))) {
        case 1: return read_temperature(fields);
        case 2: {
            const double slope = CS_TRY(coefficient(fields, "slope", 0));
            return Calibrator(Platt{slope, CS_TRY(coefficient(fields, "intercept", -kMostCoefficient))});
        }
        case 3: {
            const double a = CS_TRY(coefficient(fields, "a", 0));
            const double b = CS_TRY(coefficient(fields, "b", 0));
            return Calibrator(Beta{a, b, CS_TRY(coefficient(fields, "intercept", -kMostCoefficient))});
        }
        case 4: return read_isotonic(fields);
        case 5: return read_histogram(fields);
        default: return Calibrator(Identity{});
    }
}

}  // namespace

std::string to_json(const Calibrator& calibrator) {
    JsonWriter writer;
    writer.begin_object().member("method", method_name(calibrator));
    std::visit([&writer](const auto& by) { write(writer, by); }, calibrator);
    return std::move(writer.end_object()).take();
}

Result<Calibrator> read_calibrator(const Json& json, std::string_view path) {
    Fields fields = CS_TRY(Fields::of(json, std::string(path)));
    Calibrator out = CS_TRY(read_method(fields));
    CS_TRY_STATUS(fields.done());
    return out;
}

}  // namespace countersign::calibration
