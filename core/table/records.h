#pragma once
// Records with named fields out of a file that comes in pieces: CSV (RFC 4180, with a header line) or JSON Lines (a
// flat object on each line). Which of them it is, the first character says: '{' begins JSON.
//
// CSV: commas; quotes as RFC 4180 has them, line breaks within them too; LF or CRLF; a byte order mark and empty lines
// are passed over; every row has as many fields as the header. JSON: texts as they are, numbers as they were written,
// true and false as words; null, lists and objects are as if they were not there. All is valid UTF-8 without U+0000.
//
// Errors name the line, and the column where there is one. After an error a reader takes nothing more.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign::table {

struct Field {
    std::string_view name;
    std::string_view value;
};

// Valid until the sink returns.
struct Record {
    uint64_t line = 0;  // where it begins, from 1 on
    std::span<const Field> fields;

    // The first with that name.
    std::optional<std::string_view> find(std::string_view name) const;
};

class RecordSink {
public:
    RecordSink() = default;
    RecordSink(const RecordSink&) = delete;
    RecordSink& operator=(const RecordSink&) = delete;
    virtual ~RecordSink() = default;

    // An error ends the reading; the reader puts the line in front of its place.
    virtual Status take(const Record& record) = 0;
};

inline constexpr size_t kMostFields = 1'000;
inline constexpr size_t kLongestRecord_bytes = size_t{4} << 20;

class RecordParser;

class RecordReader {
public:
    // The sink outlives the reader.
    explicit RecordReader(RecordSink& sink);
    ~RecordReader();
    RecordReader(const RecordReader&) = delete;
    RecordReader& operator=(const RecordReader&) = delete;

    Status feed(std::string_view piece);
    // The end of the file.
    Status finish();

private:
    RecordSink& sink_;
    std::string begin_;  // until it says what it is
    std::unique_ptr<RecordParser> parser_;
};

// The error as one of this line: "line 7, column 'label': ...".
Error at_line(Error error, uint64_t line);
std::string column_place(std::string_view column);

}  // namespace countersign::table
