// The one reader of JSON from outside: whatever it takes is written and read back the same, and members are found where
// they stand.

#include "core/json/json.h"

#include "core/json/span.h"
#include "tests/fuzz/input.h"

using namespace countersign;
using namespace countersign::fuzz;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view text = text_of(data, size);
    const auto parsed = parse_json(text);
    if (!parsed.ok()) {
        must_be_told(parsed.error());
        CS_CHECK(parsed.error().field.starts_with("line "));
        return 0;
    }
    const std::string written = to_text(parsed.value());
    const auto again = parse_json(written);
    CS_CHECK(again.ok());
    CS_CHECK(to_text(again.value()) == written);
    if (const JsonObject* object = parsed.value().object()) {
        for (const JsonMember& member : *object) {
            const auto value = parse_json(member_bytes(text, member.first));
            CS_CHECK(value.ok());
            CS_CHECK(to_text(value.value()) == to_text(member.second));
        }
    }
    return 0;
}
