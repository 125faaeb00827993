#pragma once
// One prediction as a pipeline posts it: a JSON object on a line of its own, or the body of a request.
//
//   {"id": "msg-17", "subject": "person-4711", "input": {"text": "..."}, "metadata": {"channel": "web"},
//    "prediction": {"model": "topics-3", "label": "pothole", "confidence": 0.83, "scores": {"pothole": 0.83, "drain":
//    0.1}}}
//
// Contract: `document` is the item's input and metadata as canonical bytes made once here; they are committed to in the
// log and stored as they are. Numbers in input and metadata keep their text. Errors: invalid_argument or exhausted with
// the field's path; the caller adds the line number.

#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/json/json.h"
#include "core/model/prediction.h"

namespace countersign {

struct IngestLine {
    ItemId item;
    std::string subject;   // whom it is about, in the pipeline's words; empty: the item stands for itself
    std::string document;  // {"input":{...},"metadata":{...}}
    Prediction prediction;
};

struct IngestLimits {
    size_t line_bytes = size_t{256} * 1024;
    size_t scores = 2'000;
    uint32_t depth = 16;
};

Result<IngestLine> parse_ingest_line(std::string_view line, const IngestLimits& limits = {});
Result<IngestLine> read_ingest_line(const Json& json, const IngestLimits& limits = {});

}  // namespace countersign
