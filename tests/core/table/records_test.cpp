// Files of records as cases (tests/cases/table/records.json): what is read, each as [line, "name=value", ...], and the
// error that ends it.
#include "core/table/records.h"

#include <array>
#include <string>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "tests/support/cases.h"

using namespace countersign;

namespace {

class Collected : public table::RecordSink {
public:
    Status take(const table::Record& record) override {
        std::vector<std::string> one{concat(record.line)};
        for (const table::Field& field : record.fields) {
            one.push_back(concat(field.name, '=', field.value));
        }
        records.push_back(std::move(one));
        return success();
    }

    std::vector<std::vector<std::string>> records;
};

struct Outcome {
    std::vector<std::vector<std::string>> records;
    std::string error;
};

Outcome read_in_pieces(std::string_view file, size_t piece_bytes) {
    Collected collected;
    table::RecordReader reader(collected);
    Status done = success();
    for (size_t at = 0; done.ok() && at < file.size(); at += piece_bytes) {
        done = reader.feed(file.substr(at, piece_bytes));
    }
    done = done.ok() ? reader.finish() : done;
    return {std::move(collected.records), done.ok() ? std::string() : done.error().text()};
}

std::vector<std::vector<std::string>> expected_records(const Json& one) {
    std::vector<std::vector<std::string>> out;
    for (const Json& record : *one.find("records")->array()) {
        std::vector<std::string>& fields = out.emplace_back();
        for (const Json& part : *record.array()) {
            fields.push_back(part.integer() != nullptr ? concat(*part.integer()) : *part.string());
        }
    }
    return out;
}

}  // namespace

TEST_CASE("records are read from CSV and JSON Lines, the same in pieces of any size, and errors name the line") {
    const auto cases = parse_json(testing::read_case("table/records.json"), {.allow_nul = true});
    REQUIRE(cases.ok());
    for (const Json& one : *cases.value().array()) {
        for (const size_t piece_bytes : std::array<size_t, 5>{1, 2, 3, 7, 1'000}) {
            CAPTURE(one.text_of("name"), piece_bytes);
            const Outcome outcome = read_in_pieces(one.text_of("file"), piece_bytes);
            CHECK(outcome.records == expected_records(one));
            const Json* begins = one.find("error_begins");
            CHECK(outcome.error.substr(0, begins == nullptr ? std::string::npos : begins->string()->size()) ==
                  (begins == nullptr ? one.text_of("error") : *begins->string()));
        }
    }
}

TEST_CASE("bytes that are not UTF-8 are refused with their line") {
    CHECK(read_in_pieces("a,b\nx,\xC3\n", 100).error == "line 2: is not UTF-8; save the file as UTF-8");
}

TEST_CASE("a row without end is refused before it fills the memory, and a thousand columns are enough") {
    const std::string endless = "a\n\"" + std::string(table::kLongestRecord_bytes + 1, 'x');
    CHECK(read_in_pieces(endless, 65'536).error == "line 2: is longer than 4194304 bytes; a quote may not be closed");
    CHECK(read_in_pieces(std::string(table::kMostFields, ','), 65'536).error ==
          "line 1: has 1001 columns; at most 1000");
    const std::string line = "{\"a\":\"" + std::string(table::kLongestRecord_bytes, 'x');
    CHECK(read_in_pieces(line, 65'536).error == "line 1: is longer than 4194304 bytes");
}
