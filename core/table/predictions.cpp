#include "core/table/predictions.h"

#include <utility>

#include "core/base/concat.h"
#include "core/table/probability_columns.h"
#include "core/table/share.h"

namespace countersign::table {

Result<Prediction> PredictionReader::read(const Record& record, std::string_view truth) {
    Prediction out;
    out.item = read_.items.number_of(CS_TRY(required(record, kItemColumns)));
    out.predicted = read_.labels.number_of(CS_TRY(required(record, {"predicted_label"})));
    out.truth = read_.labels.number_of(truth);
    out.confidence = CS_TRY(read_share(record, "confidence"));
    out.confidence_ppm = CS_TRY(parse_ppm(*record.find("confidence")));
    if (record.find("propensity")) {
        out.propensity = CS_TRY(read_propensity(record));
    }
    return out;
}

Status PredictionReader::take(const Record& record) {
    if (!began_) {
        read_.probability_labels = name_probability_labels(record, read_.labels);
        began_ = true;
    }
    CS_TRY(required(record, {"predicted_label"}));
    CS_TRY(required(record, {"confidence"}));
    const auto truth = record.find("true_label");
    if (!truth || truth->empty()) {
        ++read_.without_truth;
        return success();
    }
    const Prediction prediction = CS_TRY(read(record, *truth));
    CS_TRY_STATUS(take_probabilities(record, read_.labels, read_.probability_labels, read_.probabilities));
    take_slices(read_.slices, record, read_.predictions.size());
    read_.predictions.push_back(prediction);
    return success();
}

Result<NamedPredictions> PredictionReader::finish() {
    if (read_.predictions.empty()) {
        return fail(ErrorCode::invalid_argument, read_.without_truth == 0
                                                     ? "there is no prediction in the file, only a header"
                                                     : "no prediction in the file has a 'true_label' to learn from");
    }
    finish_slices(read_.slices, read_.predictions.size());
    return std::move(read_);
}

}  // namespace countersign::table
