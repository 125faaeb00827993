#include <string>
#include <vector>

#include "core/base/concat.h"
#include "core/table/record_parser.h"

namespace countersign::table {

namespace {

// Where in a row a character stands.
enum class State : uint8_t {
    field_begin,
    plain,
    quoted,
    quote_in_quoted,  // the end of the field, or the first of two
};

class CsvParser : public RecordParser {
public:
    explicit CsvParser(RecordSink& sink) : sink_(sink) {}

    Status feed(std::string_view piece) override;
    Status finish() override;

private:
    Status take(char character);
    void end_field();
    Status end_row();
    Status take_header();
    Status take_row();
    Error failed(std::string message) const;

    RecordSink& sink_;
    State state_ = State::field_begin;
    uint64_t line_ = 1;
    uint64_t row_line_ = 1;     // where the row begins
    std::string row_;           // the row's fields, one behind the other, without quotes
    std::vector<size_t> ends_;  // of each
    std::string header_;
    std::vector<std::string_view> columns_;  // of header_
    std::vector<Field> fields_;
};

Error CsvParser::failed(std::string message) const {
    return at_line(fail(ErrorCode::invalid_argument, std::move(message)), row_line_);
}

Status CsvParser::feed(std::string_view piece) {
    for (const char character : piece) {
        CS_TRY_STATUS(take(character));
    }
    if (row_.size() > kLongestRecord_bytes) {
        return at_line(fail(ErrorCode::exhausted,
                            concat("is longer than ", kLongestRecord_bytes,
                                   state_ == State::quoted ? " bytes; a quote may not be closed" : " bytes")),
                       row_line_);
    }
    return success();
}

Status CsvParser::take(char character) {
    if (state_ == State::quoted) {
        line_ += character == '\n' ? 1 : 0;
        if (character == '"') {
            state_ = State::quote_in_quoted;
        } else {
            row_ += character;
        }
        return success();
    }
    if (character == '\n') {
        return end_row();
    }
    if (character == ',') {
        end_field();
        return success();
    }
    if (character == '"' && state_ != State::plain) {
        // At the field's begin it opens; behind another quote it is one that belongs to the text.
        row_.append(state_ == State::quote_in_quoted ? 1 : 0, '"');
        state_ = State::quoted;
        return success();
    }
    if (state_ == State::quote_in_quoted) {
        return character == '\r' ? success()
                                 : Status(failed(concat("field ", ends_.size() + 1,
                                                        " goes on behind its closing "
                                                        "quote; write a quote within quotes twice")));
    }
    state_ = State::plain;
    row_ += character;
    return success();
}

void CsvParser::end_field() {
    ends_.push_back(row_.size());
    state_ = State::field_begin;
}

Status CsvParser::end_row() {
    const bool quoted_end = state_ == State::quote_in_quoted;
    if (!quoted_end && row_.ends_with('\r') && (ends_.empty() || ends_.back() < row_.size())) {
        row_.pop_back();
    }
    const bool empty = row_.empty() && ends_.empty() && !quoted_end;
    if (!empty) {
        end_field();
        const Status taken = columns_.empty() ? take_header() : take_row();
        if (!taken.ok()) {
            return taken;
        }
    }
    state_ = State::field_begin;
    row_.clear();
    ends_.clear();
    row_line_ = ++line_;
    return success();
}

Status CsvParser::take_header() {
    if (ends_.size() > kMostFields) {
        return at_line(fail(ErrorCode::exhausted, concat("has ", ends_.size(), " columns; at most ", kMostFields)),
                       row_line_);
    }
    const Status good = check_text(row_);
    if (!good.ok()) {
        return at_line(good.error(), row_line_);
    }
    header_ = row_;
    size_t begin = 0;
    for (const size_t end : ends_) {
        columns_.push_back(std::string_view(header_).substr(begin, end - begin));
        begin = end;
    }
    return success();
}

Status CsvParser::take_row() {
    if (ends_.size() != columns_.size()) {
        return failed(concat("has ", ends_.size(), ends_.size() == 1 ? " field, the header " : " fields, the header ",
                             columns_.size()));
    }
    const Status good = check_text(row_);
    if (!good.ok()) {
        return at_line(good.error(), row_line_);
    }
    fields_.clear();
    size_t begin = 0;
    for (size_t i = 0; i < ends_.size(); ++i) {
        fields_.push_back({columns_[i], std::string_view(row_).substr(begin, ends_[i] - begin)});
        begin = ends_[i];
    }
    const Status taken = sink_.take({.line = row_line_, .fields = fields_});
    return taken.ok() ? success() : Status(at_line(taken.error(), row_line_));
}

Status CsvParser::finish() {
    if (state_ == State::quoted) {
        return failed("a quote is opened and not closed before the file's end");
    }
    return end_row();
}

}  // namespace

std::unique_ptr<RecordParser> csv_parser(RecordSink& sink) {
    return std::make_unique<CsvParser>(sink);
}

}  // namespace countersign::table
