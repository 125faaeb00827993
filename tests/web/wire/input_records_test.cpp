// The bytes in tests/cases/web/input_records.json are what the page writes; tests/web/page/input_writer.test.mjs checks
// its side of them.

#include "web/wire/input_records.h"

#include <fstream>
#include <sstream>

#include <catch_amalgamated.hpp>

#include "core/json/json.h"
#include "tests/web/stand_in/describe.h"

using namespace countersign;
using namespace countersign::web;

namespace {

std::string read_case_file() {
    const std::ifstream file(COUNTERSIGN_CASES "/web/input_records.json");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string from_hex(const std::string& hex) {
    std::string bytes;
    for (size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

struct InputCase {
    std::string bytes;
    std::string event;
    std::string typed;
};

std::vector<InputCase> input_cases() {
    const Json json = parse_json(read_case_file()).value();
    std::vector<InputCase> cases;
    for (const Json& each : *json.array()) {
        const Json* typed = each.find("typed");
        cases.push_back({from_hex(*each.find("bytes")->string()), *each.find("event")->string(),
                         typed == nullptr ? "" : *typed->string()});
    }
    return cases;
}

}  // namespace

TEST_CASE("each input record of the page is the event it stands for") {
    const auto cases = input_cases();
    REQUIRE(cases.size() >= 14);
    std::vector<bool> seen(std::variant_size_v<shell::InputEvent>);
    for (const InputCase& each : cases) {
        INFO(each.event);
        const auto records = read_input_records(each.bytes);
        REQUIRE(records.ok());
        REQUIRE(records.value().size() == 1);
        CHECK(stand_in::describe(records.value()[0].event) == each.event);
        CHECK(records.value()[0].typed == each.typed);
        seen[records.value()[0].event.index()] = true;
    }
    // A chosen file is no record: it comes by a call of its own (cs_file_opened), for its size.
    seen[shell::InputEvent(shell::FileOpened{}).index()] = true;
    CHECK(std::find(seen.begin(), seen.end(), false) == seen.end());
}

TEST_CASE("several records in one message keep their order") {
    std::string bytes;
    std::string events;
    for (const InputCase& each : input_cases()) {
        bytes += each.bytes;
        events += each.event + "\n";
    }
    const auto records = read_input_records(bytes);
    REQUIRE(records.ok());
    std::string found;
    for (const InputRecord& record : records.value()) {
        found += stand_in::describe(record.event) + "\n";
    }
    CHECK(found == events);
}

TEST_CASE("a message that ends early, anywhere, is an error and no event") {
    for (const InputCase& each : input_cases()) {
        for (size_t size = 1; size < each.bytes.size(); ++size) {
            INFO(each.event << " cut at " << size);
            const auto records = read_input_records(std::string_view(each.bytes).substr(0, size));
            REQUIRE_FALSE(records.ok());
            CHECK(records.error().code == ErrorCode::internal);
        }
    }
}

TEST_CASE("unknown kinds, keys and values are named") {
    using namespace std::string_literals;
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"\x63"s, "byte 0: there is no input record of kind 99"},
        {"\x05\x02\0\0\0zz\x01\0\0\0\0\0"s, "byte 7: there is no key named 'zz'"},
        {"\x02\x07\x01"s, "byte 1: the value 7 is above 2"},
    };
    for (const auto& [bytes, message] : cases) {
        const auto records = read_input_records(bytes);
        REQUIRE_FALSE(records.ok());
        CHECK(records.error().text() == message);
    }
}
