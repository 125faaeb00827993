#pragma once
// Labels that somebody gave and a model's probabilities, out of a file (records.h): one record an item, with an item
// ("item", "item_id" or "task"), its "label" (or "given_label") and a column p_<label> for every label that there is.

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/table/answers.h"
#include "core/table/records.h"

namespace countersign::table {

struct NamedGivenLabels {
    std::vector<std::string> items;  // as they stood in the file
    NameList labels;                 // in the columns' order
    std::vector<uint32_t> given;
    std::vector<double> probabilities;  // of item i from i * labels on; they add up to 1
};

class GivenLabelReader : public RecordSink {
public:
    // Also refused: a label without a column p_<label>.
    Status take(const Record& record) override;
    // invalid_argument when there was no item.
    Result<NamedGivenLabels> finish();

private:
    NamedGivenLabels read_;
};

}  // namespace countersign::table
