#include "core/table/share.h"

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/table/answers.h"

namespace countersign::table {

Result<double> read_share(const Record& record, std::string_view column) {
    const std::string_view text = CS_TRY(required(record, {column}));
    const auto number = read_number(text);
    if (!number.ok()) {
        return number.error().at(column_place(column));
    }
    if (!(number.value() >= 0 && number.value() <= 1)) {
        return fail(ErrorCode::invalid_argument, concat("must lie between 0 and 1, but is ", utf8::shortened(text, 40)),
                    column_place(column));
    }
    return number.value();
}

Result<double> read_propensity(const Record& record) {
    const double propensity = CS_TRY(read_share(record, "propensity"));
    if (propensity == 0) {
        return fail(ErrorCode::invalid_argument, "must be above 0: what could not be chosen was not reviewed",
                    column_place("propensity"));
    }
    return propensity;
}

}  // namespace countersign::table
