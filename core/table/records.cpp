#include "core/table/records.h"

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/table/record_parser.h"

namespace countersign::table {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";

}  // namespace

std::optional<std::string_view> Record::find(std::string_view name) const {
    for (const Field& field : fields) {
        if (field.name == name) {
            return field.value;
        }
    }
    return std::nullopt;
}

Error at_line(Error error, uint64_t line) {
    error.field = error.field.empty() ? concat("line ", line) : concat("line ", line, ", ", error.field);
    return error;
}

std::string column_place(std::string_view column) {
    return concat("column '", utf8::shortened(column, 60), "'");
}

Status check_text(std::string_view text) {
    if (utf8::first_invalid(text) != utf8::kValid) {
        return fail(ErrorCode::invalid_argument, "is not UTF-8; save the file as UTF-8");
    }
    if (text.find('\0') != std::string_view::npos) {
        return fail(ErrorCode::invalid_argument, "holds U+0000, which no text may");
    }
    return success();
}

RecordReader::RecordReader(RecordSink& sink) : sink_(sink) {}

RecordReader::~RecordReader() = default;

Status RecordReader::feed(std::string_view piece) {
    if (parser_) {
        return parser_->feed(piece);
    }
    begin_ += piece;
    std::string_view begin = begin_;
    if (begin.size() < kByteOrderMark.size() && kByteOrderMark.starts_with(begin)) {
        return success();
    }
    begin.remove_prefix(begin.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
    const size_t first = begin.find_first_not_of(kBlanks);
    if (first == std::string_view::npos && begin_.size() < kLongestRecord_bytes) {
        return success();
    }
    const bool is_json = first != std::string_view::npos && begin[first] == '{';
    parser_ = is_json ? json_lines_parser(sink_) : csv_parser(sink_);
    return parser_->feed(begin);
}

Status RecordReader::finish() {
    if (!parser_) {
        return fail(ErrorCode::invalid_argument, "the file is empty; it needs a header line and rows, or JSON Lines");
    }
    return parser_->finish();
}

}  // namespace countersign::table
