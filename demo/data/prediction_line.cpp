#include "demo/data/prediction_line.h"

#include <algorithm>
#include <numeric>

#include "core/base/ppm.h"
#include "core/json/writer.h"
#include "demo/classifier/millionths.h"

namespace countersign::demo {

namespace {

constexpr size_t kScores = 5;

std::string decimal_of(double probability) {
    return to_decimal(Ppm{static_cast<int32_t>(to_millionths(probability))});
}

}  // namespace

std::string prediction_line(const Model& model, const Item& item) {
    const std::vector<double> probabilities = predict(model, item.text);
    std::vector<size_t> ranking(probabilities.size());
    std::iota(ranking.begin(), ranking.end(), size_t{0});
    std::stable_sort(ranking.begin(), ranking.end(),
                     [&](size_t a, size_t b) { return probabilities[a] > probabilities[b]; });
    const size_t top = ranking.front();
    ranking.resize(std::min(kScores, ranking.size()));

    JsonWriter json;
    json.begin_object().member("id", item.id).member("input", item.input);
    if (item.metadata) {
        json.member("metadata", *item.metadata);
    }
    json.name("prediction").begin_object();
    json.member("model", model.name).member("label", model.labels[top]);
    json.name("confidence").decimal(decimal_of(probabilities[top]));
    json.name("scores").begin_object();
    for (const size_t label : ranking) {
        json.name(model.labels[label]).decimal(decimal_of(probabilities[label]));
    }
    json.end_object().end_object().end_object();
    return std::move(json).take();
}

}  // namespace countersign::demo
