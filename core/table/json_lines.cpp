#include <string>
#include <vector>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "core/table/record_parser.h"

namespace countersign::table {

namespace {

class JsonLinesParser : public RecordParser {
public:
    explicit JsonLinesParser(RecordSink& sink) : sink_(sink) {}

    Status feed(std::string_view piece) override;

    Status finish() override { return line_.empty() ? success() : take_line(line_); }

private:
    Status take_line(std::string_view line);
    Status take_object(std::string_view line);

    RecordSink& sink_;
    uint64_t number_ = 0;
    std::string line_;  // whose end has not come
    std::vector<Field> fields_;
    std::vector<std::string> values_;
};

Status JsonLinesParser::feed(std::string_view piece) {
    for (size_t end = piece.find('\n'); end != std::string_view::npos; end = piece.find('\n')) {
        line_ += piece.substr(0, end);
        CS_TRY_STATUS(take_line(line_));
        line_.clear();
        piece.remove_prefix(end + 1);
    }
    line_ += piece;
    if (line_.size() > kLongestRecord_bytes) {
        return at_line(fail(ErrorCode::exhausted, concat("is longer than ", kLongestRecord_bytes, " bytes")),
                       number_ + 1);
    }
    return success();
}

Status JsonLinesParser::take_line(std::string_view line) {
    ++number_;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
        return success();
    }
    const Status taken = take_object(line);
    return taken.ok() ? success() : Status(at_line(taken.error(), number_));
}

// What a member says in a table; false where it says nothing there.
bool cell(const Json& value, std::string& out) {
    if (value.string() != nullptr) {
        out = *value.string();
    } else if (value.integer() != nullptr) {
        out = concat(*value.integer());
    } else if (value.number() != nullptr) {
        out = value.number()->text;
    } else if (value.boolean() != nullptr) {
        out = *value.boolean() ? "true" : "false";
    } else {
        return false;
    }
    return true;
}

Status JsonLinesParser::take_object(std::string_view line) {
    const Json json = CS_TRY(parse_json_line(line, {.members = kMostFields, .total_bytes = kLongestRecord_bytes}));
    if (json.object() == nullptr) {
        return fail(ErrorCode::invalid_argument, concat("must be an object, but is ", json.type_name()));
    }
    const JsonObject& members = *json.object();
    values_.resize(members.size());
    fields_.clear();
    for (size_t i = 0; i < members.size(); ++i) {
        if (cell(members[i].second, values_[i])) {
            fields_.push_back({members[i].first, values_[i]});
        }
    }
    return sink_.take({.line = number_, .fields = fields_});
}

}  // namespace

std::unique_ptr<RecordParser> json_lines_parser(RecordSink& sink) {
    return std::make_unique<JsonLinesParser>(sink);
}

}  // namespace countersign::table
