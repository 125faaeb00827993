#include "core/table/probability_columns.h"

#include "core/base/concat.h"
#include "core/table/share.h"

namespace countersign::table {

namespace {

constexpr std::string_view kProbability = "p_";

// Probabilities are often written with few digits: so far may their sum be off.
constexpr double kRoundedSum = 0.05;

}  // namespace

size_t name_probability_labels(const Record& record, NameList& labels) {
    std::vector<std::string_view> names;
    for (const Field& field : record.fields) {
        if (field.name.starts_with(kProbability) && field.name.size() > kProbability.size()) {
            names.push_back(field.name.substr(kProbability.size()));
        }
    }
    if (names.size() < 2) {
        return 0;
    }
    for (const std::string_view name : names) {
        labels.number_of(name);
    }
    return labels.names().size();
}

Status take_probabilities(const Record& record, const NameList& labels, size_t count, std::vector<double>& out) {
    double sum = 0;
    const size_t begin = out.size();
    for (size_t i = 0; i < count; ++i) {
        out.push_back(CS_TRY(read_share(record, concat(kProbability, labels.names()[i]))));
        sum += out.back();
    }
    if (count > 0 && (sum < 1 - kRoundedSum || sum > 1 + kRoundedSum)) {
        return fail(ErrorCode::invalid_argument, "the probabilities p_<label> do not add up to 1");
    }
    for (size_t i = begin; i < out.size(); ++i) {
        out[i] /= sum;
    }
    return success();
}

}  // namespace countersign::table
