#include "core/json/canonical.h"

#include <algorithm>

#include <catch_amalgamated.hpp>

#include "core/json/writer.h"
#include "tests/support/fakes.h"

using namespace countersign;
using countersign::testing::SeededEntropy;

namespace {

bool write_canonical(JsonWriter& writer, const Json& value) {
    if (const JsonObject* object = value.object()) {
        JsonObject sorted = *object;
        std::sort(sorted.begin(), sorted.end(),
                  [](const JsonMember& a, const JsonMember& b) { return a.first < b.first; });
        writer.begin_object();
        for (const JsonMember& member : sorted) {
            const bool ascii = std::all_of(member.first.begin(), member.first.end(),
                                           [](char c) { return c >= 0x20 && c <= 0x7E && c != '"' && c != '\\'; });
            if (!ascii) {
                return false;
            }
            writer.name(member.first);
            if (!write_canonical(writer, member.second)) {
                return false;
            }
        }
        writer.end_object();
        return true;
    }
    if (const JsonArray* list = value.array()) {
        writer.begin_array();
        if (!std::all_of(list->begin(), list->end(), [&](const Json& one) { return write_canonical(writer, one); })) {
            return false;
        }
        writer.end_array();
        return true;
    }
    if (const int64_t* number = value.integer()) {
        if (*number > kCanonicalInteger_max || *number < -kCanonicalInteger_max) {
            return false;
        }
    }
    writer.value(value);
    return value.number() == nullptr;
}

// What the canonical form of a JSON text is, by way of the other reader and the writer. Nothing where there is none.
std::optional<std::string> canonical_form(std::string_view text) {
    const auto parsed = parse_json(text);
    JsonWriter writer(JsonWriter::Order::sorted);
    if (!parsed.ok() || !write_canonical(writer, parsed.value())) {
        return std::nullopt;
    }
    return std::move(writer).take();
}

// A value of random shape whose texts have what is hard in them.
Json random_value(SeededEntropy& entropy, int depth) {
    static constexpr std::string_view kPieces[] = {"a",    "é",  "\"", "\\", "\n", "\x01", "\x1f",
                                                   "\x7f", "日", "😀", "/",  " ",  "\t"};
    const auto text = [&] {
        std::string out;
        for (int n = entropy.below(6); n > 0; --n) {
            out += kPieces[entropy.below(std::size(kPieces))];
        }
        return out;
    };
    switch (entropy.below(depth > 0 ? 7 : 5)) {
        case 0: return Json();
        case 1: return Json(entropy.below(2) == 0);
        case 2: return Json(int64_t{entropy.below(400)} - 200);
        case 3: return Json(kCanonicalInteger_max - entropy.below(int64_t{3}));
        case 4: return Json(text());
        case 5: {
            JsonArray list;
            for (int n = entropy.below(4); n > 0; --n) {
                list.push_back(random_value(entropy, depth - 1));
            }
            return Json(std::move(list));
        }
        default: {
            JsonObject object;
            for (int n = entropy.below(4); n > 0; --n) {
                object.emplace_back(std::string(1, static_cast<char>('a' + entropy.below(26))),
                                    random_value(entropy, depth - 1));
            }
            std::sort(object.begin(), object.end(),
                      [](const JsonMember& a, const JsonMember& b) { return a.first < b.first; });
            object.erase(std::unique(object.begin(), object.end(),
                                     [](const JsonMember& a, const JsonMember& b) { return a.first == b.first; }),
                         object.end());
            return Json(std::move(object));
        }
    }
}

// The same value, read back from the canonical reader's places.
Json value_of(const CanonicalValue& at) {
    switch (at.kind()) {
        case JsonKind::null: return {};
        case JsonKind::boolean: return Json(at.bytes() == "true");
        case JsonKind::integer: return Json(*at.integer());
        case JsonKind::text: return Json(*at.text());
        case JsonKind::list: {
            JsonArray list;
            for (CanonicalValue one = at.first(); one; one = one.next()) {
                list.push_back(value_of(one));
            }
            return Json(std::move(list));
        }
        case JsonKind::object: break;
    }
    JsonObject object;
    for (CanonicalValue one = at.first(); one; one = one.next()) {
        object.emplace_back(one.name(), value_of(one));
    }
    return Json(std::move(object));
}

}  // namespace

TEST_CASE("values are found by name with their exact bytes, and walked in order") {
    const std::string text = R"({"a":[1,"x\"}",{"b":null}],"b":-7,"c":{"d":{},"e":[]},"f":"\n\u001fé"})";
    CanonicalJson json;
    REQUIRE(json.read(text).ok());
    const CanonicalValue root = json.root();
    CHECK(root.bytes() == text);
    CHECK(root.find("a").bytes() == R"([1,"x\"}",{"b":null}])");
    CHECK(root.find("b").integer() == -7);
    CHECK(root.find("c").find("d").bytes() == "{}");
    CHECK_FALSE(root.find("c").find("d").first());
    CHECK_FALSE(root.find("c").find("e").first());
    CHECK(root.find("f").text() == "\n\x1fé");
    CHECK_FALSE(root.find("f").plain_text());
    CHECK_FALSE(root.find("aa"));
    CHECK_FALSE(root.find("g").find("h"));
    const CanonicalValue one = root.find("a").first();
    CHECK(one.integer() == 1);
    CHECK(one.next().text() == "x\"}");
    CHECK(one.next().next().find("b").is(JsonKind::null));
    CHECK_FALSE(one.next().next().next());
    REQUIRE(json.read("\"x\"").ok());
    CHECK(json.root().plain_text() == "x");
    CHECK_FALSE(json.root().next());
}

TEST_CASE("what is not canonical is refused with the byte and the reason") {
    struct Case {
        std::string_view text;
        const char* error;
    };

    const Case cases[] = {
        {"", "byte 1: a value is missing"},
        {" 1", "byte 1: a space"},
        {"1 ", "byte 2: the value ends here, but more follows"},
        {"{\"a\":1}\n", "byte 8: the value ends here, but more follows"},
        {"{\"b\":1,\"a\":2}", "byte 8: the names are not in order"},
        {"{\"a\":1,\"a\":2}", "byte 8: the name stands twice"},
        {"{\"a\": 1}", "byte 6: a space"},
        {"{\"a\" :1}", "byte 5: a colon must follow the name"},
        {"{\"a\":1,}", "byte 8: a name in quotes must stand here"},
        {"[1,]", "byte 4: no value of JSON begins like this"},
        {"[1 2]", "byte 3: a comma or the end of the list or object must stand here"},
        {"[1", "byte 3: the list or object does not end"},
        {"{\"a\":", "byte 6: a value is missing"},
        {"{\"a", "byte 4: the name does not end"},
        {"{\"é\":1}", "byte 3: a name has printable ASCII characters only"},
        {"{\"\\u0061\":1}", "byte 3: a name has printable ASCII characters only"},
        {"\"a", "byte 3: the text does not end"},
        {"\"\t\"", "byte 2: a control character must be escaped"},
        {"\"\\u0041\"", "byte 2: an escape that is not the canonical one"},
        {"\"\\u000a\"", "byte 2: an escape that is not the canonical one"},
        {"\"\\u000B\"", "byte 2: an escape that is not the canonical one"},
        {"\"\\u0000\"", "byte 2: an escape that is not the canonical one"},
        {"\"\\ud83d\\ude00\"", "byte 2: an escape that is not the canonical one"},
        {"\"\\/\"", "byte 2: an escape that is not the canonical one"},
        {"\"\\", "byte 2: an escape that is not the canonical one"},
        {"\"x\xff\"", "byte 3: not valid UTF-8"},
        {"\"\xed\xa0\x80\"", "byte 2: not valid UTF-8"},
        {"-", "byte 1: no value of JSON begins like this"},
        {"-0", "byte 1: a number with a zero too many"},
        {"01", "byte 1: a number with a zero too many"},
        {"-01", "byte 1: a number with a zero too many"},
        {"1.5", "byte 2: a number that is no integer"},
        {"1e3", "byte 2: a number that is no integer"},
        {"9007199254740992", "byte 1: a number beyond 2^53 - 1"},
        {"-9007199254740992", "byte 1: a number beyond 2^53 - 1"},
        {"99999999999999999999", "byte 1: a number beyond 2^53 - 1"},
        {"nul", "byte 1: no value of JSON begins like this"},
        {"+1", "byte 1: no value of JSON begins like this"},
        {"\xef\xbb\xbf{}", "byte 1: no value of JSON begins like this"},
    };
    CanonicalJson json;
    for (const Case& one : cases) {
        const Status read = json.read(one.text);
        INFO(one.text);
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().text() == one.error);
        CHECK_FALSE(json.root());
    }
}

TEST_CASE("what a text must look at is seen at every place, however many plain characters stand around it") {
    CanonicalJson json;
    for (size_t size = 0; size < 40; ++size) {
        for (size_t at = 0; at < size; ++at) {
            const auto with = [&](std::string_view special) {
                return '"' + std::string(at, 'a') + std::string(special) + std::string(size - at, 'z') + '"';
            };
            INFO("size " << size << ", place " << at);
            const std::string plain = with("");
            CHECK(json.read(plain).ok());
            CHECK(json.root().plain_text() == std::string(at, 'a') + std::string(size - at, 'z'));
            CHECK(json.read(with("\\n")).ok());
            CHECK(json.read(with("\xC3\xA4")).ok());
            CHECK_FALSE(json.read(with("\"")).ok());
            CHECK_FALSE(json.read(with("\n")).ok());
            CHECK_FALSE(json.read(with("\\")).ok());
            CHECK_FALSE(json.read(with("\xC3")).ok());
            CHECK_FALSE(json.read(with("\x80")).ok());
        }
    }
}

TEST_CASE("nesting has a limit, and reaching it does not hurt") {
    CanonicalJson json;
    CHECK(json.read(std::string(64, '[') + std::string(64, ']')).ok());
    const Status deep = json.read(std::string(1'000'000, '['));
    REQUIRE_FALSE(deep.ok());
    CHECK(deep.error().code == ErrorCode::exhausted);
}

TEST_CASE("what the writer makes is read, value by value; what is changed is read exactly when it is its own form") {
    constexpr uint64_t kSeed = 2026;
    SeededEntropy entropy(kSeed);
    CanonicalJson json;
    int accepted = 0;
    for (int round = 0; round < 3'000; ++round) {
        const Json value = random_value(entropy, 4);
        JsonWriter writer(JsonWriter::Order::sorted);
        writer.value(value);
        std::string text = std::move(writer).take();
        INFO("seed " << kSeed << ", round " << round << ": " << text);
        REQUIRE(json.read(text).ok());
        REQUIRE(to_text(value_of(json.root())) == text);

        static constexpr std::string_view kBytes = "\"\\,:{}[]0123456789-.eE tfnu\x01\x80\xc3";
        const size_t at = entropy.below(text.size());
        switch (entropy.below(3)) {
            case 0: text[at] = kBytes[entropy.below(kBytes.size())]; break;
            case 1: text.erase(at, 1); break;
            default: text.insert(at, 1, kBytes[entropy.below(kBytes.size())]);
        }
        INFO("changed: " << text);
        const bool read = json.read(text).ok();
        REQUIRE(read == (canonical_form(text) == text));
        accepted += read ? 1 : 0;
    }
    CHECK(accepted > 100);  // changes that leave a canonical text are among them
}
