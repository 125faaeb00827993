#include "core/table/audits.h"

#include <utility>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/table/share.h"

namespace countersign::table {

namespace {

Result<bool> read_flag(const Record& record, std::string_view column) {
    const std::string_view text = CS_TRY(required(record, {column}));
    if (text == "true" || text == "True" || text == "1") {
        return true;
    }
    if (text == "false" || text == "False" || text == "0") {
        return false;
    }
    return fail(ErrorCode::invalid_argument,
                concat("must be true or false (or 1 or 0), but is '", utf8::shortened(text, 40), "'"),
                column_place(column));
}

Result<Ppm> read_recorded_propensity(const Record& record) {
    CS_TRY(read_propensity(record));
    const Ppm propensity = CS_TRY(parse_ppm(*record.find("propensity")));
    return propensity.value > 0 ? Result<Ppm>(propensity)
                                : Result<Ppm>(fail(ErrorCode::invalid_argument,
                                                   "must be at least a millionth, the least that is recorded",
                                                   column_place("propensity")));
}

}  // namespace

Result<AuditFinding> AuditReader::finding_of(const Record& record, Ppm propensity) const {
    const bool audited = CS_TRY(read_flag(record, "audited"));
    const std::string_view approved = CS_TRY(required(record, {"predicted_label"}));
    const std::string_view found = record.find("true_label").value_or("");
    if (audited && found.empty()) {
        return fail(ErrorCode::invalid_argument,
                    "is empty, but the item was audited; the file may only reach up to the last finished audit",
                    column_place("true_label"));
    }
    if (!audited && !found.empty()) {
        return fail(ErrorCode::invalid_argument,
                    "says something, but the item was not audited; what became known in another way does not count",
                    column_place("true_label"));
    }
    if (!audited && propensity == kCertain) {
        return fail(ErrorCode::invalid_argument, "is false, but the item's propensity is 1", column_place("audited"));
    }
    return !audited ? AuditFinding::not_audited : (found == approved ? AuditFinding::right : AuditFinding::wrong);
}

Status AuditReader::take_stratum(const Record& record, ApprovedItem& out) {
    const bool has_strata = !read_.strata.names().empty();
    if (!record.find("stratum") && !has_strata) {
        return success();
    }
    const std::string_view name = CS_TRY(required(record, {"stratum"}));
    if (!has_strata && !read_.approved.empty()) {
        return fail(ErrorCode::invalid_argument, "is given here and not by the records before",
                    column_place("stratum"));
    }
    out.stratum = read_.strata.number_of(name);
    if (out.stratum == strata_.size()) {
        strata_.push_back({out.propensity, out.line});
    }
    const StratumBegin& begin = strata_[out.stratum];
    if (begin.propensity != out.propensity) {
        return fail(
            ErrorCode::invalid_argument,
            concat("items of one stratum have one propensity; that of stratum '", utf8::shortened(name, 40), "' is ",
                   to_decimal(begin.propensity), " in line ", begin.line, " and ", to_decimal(out.propensity), " here"),
            column_place("propensity"));
    }
    return success();
}

Status AuditReader::take(const Record& record) {
    const std::string_view name = CS_TRY(required(record, kItemColumns));
    ApprovedItem item{.item = read_.items.number_of(name), .line = record.line};
    if (item.item < read_.approved.size()) {
        return fail(ErrorCode::invalid_argument,
                    concat("item '", utf8::shortened(name, 60), "' stands in line ", read_.approved[item.item].line,
                           " already; an item is approved once"));
    }
    item.propensity = CS_TRY(read_recorded_propensity(record));
    item.finding = CS_TRY(finding_of(record, item.propensity));
    const bool has_confidence = record.find("confidence").has_value();
    if (has_confidence || read_.has_confidence) {
        item.confidence = CS_TRY(read_share(record, "confidence"));
    }
    if (has_confidence && !read_.has_confidence && !read_.approved.empty()) {
        return fail(ErrorCode::invalid_argument, "is given here and not by the records before",
                    column_place("confidence"));
    }
    read_.has_confidence = has_confidence;
    CS_TRY_STATUS(take_stratum(record, item));
    take_slices(read_.slices, record, read_.approved.size());
    read_.approved.push_back(item);
    return success();
}

Result<NamedAudit> AuditReader::finish() {
    if (read_.approved.empty()) {
        return fail(ErrorCode::invalid_argument, "there is no approved item in the file, only a header");
    }
    finish_slices(read_.slices, read_.approved.size());
    return std::move(read_);
}

}  // namespace countersign::table
