#pragma once
// The two formats behind RecordReader. Internal to core/table.

#include <memory>
#include <string_view>

#include "core/base/result.h"
#include "core/table/records.h"

namespace countersign::table {

class RecordParser {
public:
    RecordParser() = default;
    RecordParser(const RecordParser&) = delete;
    RecordParser& operator=(const RecordParser&) = delete;
    virtual ~RecordParser() = default;

    virtual Status feed(std::string_view piece) = 0;
    virtual Status finish() = 0;
};

std::unique_ptr<RecordParser> csv_parser(RecordSink& sink);
std::unique_ptr<RecordParser> json_lines_parser(RecordSink& sink);

// What both refuse of a text: bytes that are not UTF-8, and U+0000.
Status check_text(std::string_view text);

}  // namespace countersign::table
