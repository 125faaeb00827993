#include "core/table/given_labels.h"

#include <utility>

#include "core/base/concat.h"
#include "core/base/suggest.h"
#include "core/base/utf8.h"
#include "core/table/probability_columns.h"

namespace countersign::table {

Status GivenLabelReader::take(const Record& record) {
    if (read_.items.empty() && name_probability_labels(record, read_.labels) == 0) {
        return fail(ErrorCode::invalid_argument, "there are no columns p_<label>; it takes one for each label");
    }
    const std::string_view item = CS_TRY(required(record, kItemColumns));
    const std::string_view label = CS_TRY(required(record, {"label", "given_label"}));
    const auto given = read_.labels.find(label);
    if (!given) {
        return fail(ErrorCode::invalid_argument, concat("there is no column 'p_", utf8::shortened(label, 60),
                                                        "' for the label", suggestion(label, read_.labels.names())));
    }
    CS_TRY_STATUS(take_probabilities(record, read_.labels, read_.labels.names().size(), read_.probabilities));
    read_.items.emplace_back(item);
    read_.given.push_back(*given);
    return success();
}

Result<NamedGivenLabels> GivenLabelReader::finish() {
    if (read_.items.empty()) {
        return fail(ErrorCode::invalid_argument, "there is no item in the file, only a header");
    }
    return std::move(read_);
}

}  // namespace countersign::table
