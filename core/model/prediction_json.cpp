#include "core/model/prediction_json.h"

#include "core/json/fields.h"

namespace countersign {

void write_prediction(JsonWriter& writer, const Prediction& prediction) {
    writer.begin_object();
    writer.member("confidence_ppm", int64_t{prediction.confidence.value});
    writer.member("label", prediction.label.text);
    writer.member("model", prediction.model.text);
    writer.name("scores").begin_array();
    for (const Score& score : prediction.scores) {
        writer.begin_array().text(score.label.text).integer(score.score.value).end_array();
    }
    writer.end_array().end_object();
}

Result<Prediction> read_prediction_json(const Json& json, const std::string& path) {
    Fields fields = CS_TRY(Fields::of(json, path));
    const IntegerRule ppm{.min = 0, .max = kCertain.value};
    Prediction out;
    out.confidence.value = static_cast<int32_t>(CS_TRY(fields.integer("confidence_ppm", ppm)));
    out.label = LabelId(CS_TRY(fields.text("label")));
    out.model = ModelId(CS_TRY(fields.text("model")));
    const JsonArray* scores = CS_TRY(fields.list("scores", 10'000));
    for (const Json& pair : *scores) {
        const JsonArray* parts = pair.array();
        const bool shaped = parts != nullptr && parts->size() == 2 && (*parts)[0].string() != nullptr &&
                            (*parts)[1].integer() != nullptr;
        if (!shaped) {
            return fields.error("scores", "must hold pairs of a label and parts per million");
        }
        const int64_t value = *(*parts)[1].integer();
        if (value < ppm.min || value > ppm.max) {
            return fields.error("scores", "must lie in 0 to 1000000");
        }
        out.scores.push_back({LabelId(*(*parts)[0].string()), Ppm{static_cast<int32_t>(value)}});
    }
    CS_TRY_STATUS(fields.done());
    return out;
}

}  // namespace countersign
