#pragma once
// Predictions that reality has judged, out of a file (records.h): one record a prediction, with an item ("item",
// "item_id" or "task"), the model's "predicted_label" and "confidence", and the "true_label" that a review found. Where
// there are two columns p_<label> or more, they are the model's probabilities of the labels. Columns slice_<name> say
// to which slice of the data the item belongs; "propensity" with which probability it was chosen for review, where
// reviews were not drawn at random alike. Other columns are passed over.
//
// Records without a true label are counted, and left out: nothing can be learnt from them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ppm.h"
#include "core/base/result.h"
#include "core/table/answers.h"
#include "core/table/records.h"
#include "core/table/slice_columns.h"

namespace countersign::table {

struct Prediction {
    uint32_t item = 0;
    uint32_t predicted = 0;  // label
    uint32_t truth = 0;      // label
    double confidence = 0;   // 0 to 1, as it was written
    Ppm confidence_ppm{};    // the same, as thresholds see it
    double propensity = 1;   // above 0, at most 1

    bool right() const { return predicted == truth; }
};

struct NamedPredictions {
    NameList items;
    NameList labels;  // in order of their first appearance, those of p_<label> first
    std::vector<Prediction> predictions;
    // Of prediction i the labels' probabilities, from i * probability_labels on; they add up to 1. Empty when the file
    // has no p_<label>.
    std::vector<double> probabilities;
    size_t probability_labels = 0;
    Slices slices;  // of each prediction
    uint64_t without_truth = 0;
};

class PredictionReader : public RecordSink {
public:
    Status take(const Record& record) override;
    // invalid_argument when no record had a true label.
    Result<NamedPredictions> finish();

private:
    Result<Prediction> read(const Record& record, std::string_view truth);

    NamedPredictions read_;
    bool began_ = false;
};

}  // namespace countersign::table
