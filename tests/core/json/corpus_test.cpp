// The reader against published corpora (data/corpora/json and strings of the shared data), natively and in wasm.

#include <map>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/base/utf8.h"
#include "core/json/json.h"
#include "core/json/writer.h"
#include "tests/support/approval.h"
#include "tests/support/cases.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

const char* const kParsing = "data/corpora/json/test_parsing";

// JSONTestSuite: accepted (y_), refused (n_), left to the reader (i_).
std::vector<std::string> suite(std::string_view prefix) {
    std::vector<std::string> names;
    for (const std::string& path : list_shared(kParsing, "")) {
        std::string name = path.substr(std::string_view(kParsing).size() + 1);
        if (name.starts_with(prefix)) {
            names.push_back(std::move(name));
        }
    }
    if (names.empty()) {
        SKIP("no shared test data: " << kParsing);
    }
    return names;
}

Result<Json> parse_file(const std::string& name) {
    return parse_json(read_shared(concat(kParsing, '/', name)).value());
}

std::string outcome(const Result<Json>& parsed) {
    return parsed.ok() ? "accepted as " + to_text(parsed.value()) : "refused: " + parsed.error().text();
}

bool has_place(const Error& error) {
    return error.field.starts_with("line ") && error.field.find(", column ") != std::string::npos;
}

// "E2 80 90", "8081 8283"
std::string from_hex(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c != ' ') {
            digits += c;
        }
    }
    std::string bytes;
    for (size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

}  // namespace

TEST_CASE("JSONTestSuite: everything valid is accepted, but for four files that break a rule of ours") {
    // Where a name stands twice, two readers may see two documents; a NUL ends texts elsewhere.
    const std::map<std::string, std::string> ours{
        {"y_object_duplicated_key.json", "the name 'a' stands twice in one object"},
        {"y_object_duplicated_key_and_value.json", "the name 'a' stands twice in one object"},
        {"y_object_escaped_null_in_key.json", "a name must not contain the character NUL"},
        {"y_string_null_escape.json", "a text must not contain the character NUL"},
    };
    const auto names = suite("y_");
    CHECK(names.size() == 95);
    size_t refused = 0;
    for (const std::string& name : names) {
        INFO(name);
        const auto parsed = parse_file(name);
        const auto rule = ours.find(name);
        if (rule == ours.end()) {
            INFO(outcome(parsed));
            CHECK(parsed.ok());
        } else {
            ++refused;
            REQUIRE_FALSE(parsed.ok());
            CHECK(parsed.error().message == rule->second);
            CHECK(has_place(parsed.error()));
        }
    }
    CHECK(refused == ours.size());
}

TEST_CASE("JSONTestSuite: everything invalid is refused, with its place") {
    const auto names = suite("n_");
    CHECK(names.size() == 188);
    for (const std::string& name : names) {
        const auto parsed = parse_file(name);
        INFO(name << ": " << outcome(parsed));
        REQUIRE_FALSE(parsed.ok());
        CHECK(has_place(parsed.error()));
        CHECK(parsed.error().message.size() < 400);
        CHECK(utf8::first_invalid(parsed.error().message) == utf8::kValid);
    }
}

TEST_CASE("JSONTestSuite: what is left to the reader is decided as approved, natively and in wasm") {
    std::string decided;
    const auto names = suite("i_");
    CHECK(names.size() == 35);
    for (const std::string& name : names) {
        decided += concat(name, ' ', outcome(parse_file(name)).substr(0, 160), '\n');
    }
    CHECK(tests::differs_from_approved("json_undecided.txt", decided) == "");
}

TEST_CASE("the naughty strings are read, written and read back byte for byte") {
    const auto file = read_shared("data/corpora/strings/blns.json");
    if (!file) {
        SKIP("no shared test data: data/corpora/strings/blns.json");
    }
    const Json list = parse_json(*file).value();
    CHECK(list.array()->size() == 515);
    for (const Json& one : *list.array()) {
        INFO(*one.string());
        const std::string written = to_text(one);
        CHECK(*parse_json(written).value().string() == *one.string());
    }
}

TEST_CASE("texts with valid UTF-8 are accepted and with any other bytes refused, at the first of them") {
    const auto file = read_shared("data/corpora/utf8/utf8tests.txt");
    if (!file) {
        SKIP("no shared test data: data/corpora/utf8/utf8tests.txt");
    }
    size_t valid = 0;
    size_t invalid = 0;
    for (size_t at = 0; at < file->size();) {
        const size_t end = std::min(file->find('\n', at), file->size());
        const std::string line = file->substr(at, end - at);
        at = end + 1;
        const size_t kind = line.find(':');
        if (line.empty() || line.front() == '#' || kind == std::string::npos) {
            continue;
        }
        std::string_view rest = std::string_view(line).substr(kind + 1);
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        const bool is_hex = rest.find("hex:") != std::string_view::npos;
        const std::string_view value = rest.substr(rest.find(':') + 1);
        const std::string bytes = is_hex ? from_hex(value.substr(0, value.find(':'))) : std::string(value);
        INFO(line);
        if (rest.starts_with("valid")) {
            ++valid;
            CHECK(utf8::first_invalid(bytes) == utf8::kValid);
            std::string text;
            append_json_text(text, bytes);
            const bool has_nul = bytes.find('\0') != std::string::npos;
            CHECK(parse_json(text).ok() == !has_nul);
        } else {
            ++invalid;
            CHECK(utf8::first_invalid(bytes) != utf8::kValid);
            const auto parsed = parse_json(concat("[\n\"", bytes, "\"]"));
            REQUIRE_FALSE(parsed.ok());
            CHECK(parsed.error().field.starts_with("line 2, column "));
        }
    }
    CHECK(valid >= 50);
    CHECK(invalid >= 90);
}
