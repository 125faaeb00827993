#include "demo/data/items.h"

#include <catch_amalgamated.hpp>

using namespace countersign;
using namespace countersign::demo;

TEST_CASE("items are read with what may be absent, and unknown fields are ignored") {
    const auto items =
        read_items("m.jsonl", R"({"id":"a","input":{"text":"x","lang":"en"},"metadata":{"channel":"web"},"extra":1})"
                              "\n\n"
                              R"({"id":"b","input":{"text":"y"},"label":"noise"})")
            .value();
    REQUIRE(items.size() == 2);
    CHECK(to_text(items[0].input) == R"({"text":"x","lang":"en"})");
    CHECK(items[0].metadata.has_value());
    CHECK_FALSE(items[1].metadata.has_value());
    CHECK(items[1].label == "noise");
}

TEST_CASE("a broken line is named") {
    struct Case {
        std::string text;
        std::string error;
    };

    const Case cases[] = {
        {"{\"id\":\"a\",\"input\":{\"text\":\"x\"}}\n{\"id\":", "m.jsonl, line 2, column "},
        {"\n\n{\"input\":{\"text\":\"x\"}}", "m.jsonl, line 3: id: is missing"},
        {"{\"id\":\"a\",\"input\":{}}", "m.jsonl, line 1: input.text: is missing"},
        {"{\"id\":\"a\",\"input\":\"x\"}", "m.jsonl, line 1: input: must be an object"},
        {"{\"id\":\"a\",\"input\":{\"text\":\"\"}}", "m.jsonl, line 1: input.text: must not be empty"},
        {"{\"id\":\"a\",\"input\":{\"text\":\"x\"}}\n{\"id\":\"a\",\"input\":{\"text\":\"y\"}}",
         "m.jsonl, line 2: id 'a' stands here for the second time"},
        {"[1]", "m.jsonl, line 1: must be an object"},
    };
    for (const Case& one : cases) {
        const auto read = read_items("m.jsonl", one.text);
        INFO(one.text);
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().text().starts_with(one.error));
    }
}

TEST_CASE("truth is read and wins over an item's own label") {
    const auto items = read_items("m", R"({"id":"a","input":{"text":"x"},"label":"noise"})").value();
    const Truth truth = read_truth("t", R"({"id":"a","label":"gas","urgent":true})").value();
    CHECK(with_labels(items, truth).value().front().label == "gas");
    CHECK(with_labels(items, {}).value().front().label == "noise");
    CHECK(read_truth("t", "{\"id\":\"a\"}").error().text() == "t, line 1: label: is missing");
}

TEST_CASE("an item without a label, or an id without an item, is an error") {
    const auto items = read_items("m", R"({"id":"a","input":{"text":"x"}})").value();
    CHECK(with_labels(items, {}).error().message.find("item 'a' has no label") == 0);
    CHECK(select(items, {std::set<std::string>{"b"}, {}}).error().message.find("'b'") != std::string::npos);
    CHECK(select(items, {{}, {"a"}}).value().empty());
}

TEST_CASE("lists of ids may have any white space") {
    CHECK(read_ids(" a\r\nb\n\n c ") == std::set<std::string>{"a", "b", "c"});
    CHECK(read_ids("").empty());
}
