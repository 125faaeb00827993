#include "core/table/predictions.h"

#include <utility>

#include "core/base/concat.h"
#include "core/table/share.h"

namespace countersign::table {

namespace {

constexpr std::string_view kProbability = "p_";

// Probabilities are often written with few digits: so far may their sum be off.
constexpr double kRoundedSum = 0.05;

}  // namespace

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

// The labels of the probabilities come first and in the columns' order. A single column is a score of some kind ("the
// positive class"), no distribution.
void PredictionReader::begin(const Record& record) {
    std::vector<std::string_view> labels;
    for (const Field& field : record.fields) {
        if (field.name.starts_with(kProbability) && field.name.size() > kProbability.size()) {
            labels.push_back(field.name.substr(kProbability.size()));
        }
    }
    for (const std::string_view label : labels.size() > 1 ? labels : std::vector<std::string_view>()) {
        read_.labels.number_of(label);
    }
    read_.probability_labels = read_.labels.names().size();
    began_ = true;
}

Status PredictionReader::take(const Record& record) {
    if (!began_) {
        begin(record);
    }
    CS_TRY(required(record, {"predicted_label"}));
    CS_TRY(required(record, {"confidence"}));
    const auto truth = record.find("true_label");
    if (!truth || truth->empty()) {
        ++read_.without_truth;
        return success();
    }
    const Prediction prediction = CS_TRY(read(record, *truth));
    CS_TRY_STATUS(take_probabilities(record));
    take_slices(read_.slices, record, read_.predictions.size());
    read_.predictions.push_back(prediction);
    return success();
}

Status PredictionReader::take_probabilities(const Record& record) {
    if (read_.probability_labels == 0) {
        return success();
    }
    double sum = 0;
    const size_t begin = read_.probabilities.size();
    for (size_t i = 0; i < read_.probability_labels; ++i) {
        const double share = CS_TRY(read_share(record, concat(kProbability, read_.labels.names()[i])));
        read_.probabilities.push_back(share);
        sum += share;
    }
    if (sum < 1 - kRoundedSum || sum > 1 + kRoundedSum) {
        return fail(ErrorCode::invalid_argument, "the probabilities p_<label> do not add up to 1");
    }
    for (size_t i = begin; i < read_.probabilities.size(); ++i) {
        read_.probabilities[i] /= sum;
    }
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
