#include "core/model/ingest_line.h"

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/json/writer.h"

namespace countersign {

namespace {

Result<std::vector<Score>> read_scores(const Json* json, const std::string& path, const IngestLimits& limits) {
    std::vector<Score> scores;
    if (json == nullptr) {
        return scores;
    }
    const Fields checked = CS_TRY(Fields::of(*json, path));
    if (json->object()->size() > limits.scores) {
        return fail(ErrorCode::exhausted,
                    concat("has ", json->object()->size(), " scores; at most ", limits.scores, " are kept"), path);
    }
    for (const JsonMember& member : *json->object()) {
        Fields one = checked;
        scores.push_back({LabelId(member.first), CS_TRY(one.ppm(member.first))});
    }
    sort_scores(scores);
    return scores;
}

Result<Prediction> read_prediction(const Json& json, const IngestLimits& limits) {
    Fields fields = CS_TRY(Fields::of(json, "prediction"));
    Prediction out;
    out.model = ModelId(CS_TRY(fields.text("model", {.max_bytes = 200})));
    out.label = LabelId(CS_TRY(fields.text("label", {.max_bytes = 200})));
    out.confidence = CS_TRY(fields.ppm("confidence"));
    out.scores = CS_TRY(read_scores(fields.optional("scores"), fields.path_of("scores"), limits));
    CS_TRY_STATUS(fields.done());
    return out;
}

}  // namespace

Result<IngestLine> read_ingest_line(const Json& json, const IngestLimits& limits) {
    Fields fields = CS_TRY(Fields::of(json, ""));
    IngestLine out;
    out.item = ItemId(CS_TRY(fields.text("id", {.max_bytes = 200})));
    if (fields.has("subject")) {
        out.subject = CS_TRY(fields.text("subject", {.max_bytes = 200}));
    }
    const Json* input = CS_TRY(fields.object("input"));
    const Json* metadata = fields.optional("metadata");
    if (metadata != nullptr && metadata->object() == nullptr) {
        return fields.error("metadata", concat("must be an object, but is ", metadata->type_name()));
    }
    const Json* prediction = CS_TRY(fields.object("prediction"));
    CS_TRY_STATUS(fields.done());
    out.prediction = CS_TRY(read_prediction(*prediction, limits));
    JsonWriter document;
    document.begin_object().member("input", *input).name("metadata");
    document.value(metadata != nullptr ? *metadata : Json(JsonObject{})).end_object();
    out.document = std::move(document).take();
    return out;
}

Result<IngestLine> parse_ingest_line(std::string_view line, const IngestLimits& limits) {
    const Json json = CS_TRY(parse_json_line(line, {.depth = limits.depth, .total_bytes = limits.line_bytes}));
    return read_ingest_line(json, limits);
}

}  // namespace countersign
