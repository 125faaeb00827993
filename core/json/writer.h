#pragma once
// Writes compact JSON text in the order of the calls. Bytes that are hashed are made here, once, and never again.
//
// Canonical profile (JsonWriter::Order::sorted): names ascending byte for byte, integers only, valid UTF-8. Within it
// the output equals RFC 8785 (JCS), so that outsiders can check it with any JCS library (reference:
// reliability.md, 3.2). Contract: calls must form a value; a wrong order of calls or of names is a bug and stops the
// process.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/json.h"

namespace countersign {

class JsonWriter {
public:
    enum class Order : uint8_t { as_called, sorted };

    explicit JsonWriter(Order order = Order::as_called) : order_(order) {}

    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& name(std::string_view name);

    JsonWriter& null();
    JsonWriter& boolean(bool value);
    JsonWriter& integer(int64_t value);
    JsonWriter& decimal(std::string_view json_number);  // already the text of a JSON number
    JsonWriter& text(std::string_view value);
    JsonWriter& value(const Json& value);
    JsonWriter& raw(std::string_view json);  // already JSON

    // A member in one call.
    JsonWriter& member(std::string_view n, std::string_view value) { return name(n).text(value); }

    JsonWriter& member(std::string_view n, const char* value) { return name(n).text(value); }

    JsonWriter& member(std::string_view n, int64_t value) { return name(n).integer(value); }

    JsonWriter& member_bool(std::string_view n, bool value) { return name(n).boolean(value); }

    JsonWriter& member(std::string_view n, const Json& v) { return name(n).value(v); }

    const std::string& text_so_far() const { return out_; }

    // The finished value; the writer is then empty.
    std::string take() &&;

private:
    struct Level {
        bool object = false;
        bool first = true;
        std::string last_name;
    };

    void before_value();

    Order order_;
    std::string out_;
    std::vector<Level> levels_;
    bool after_name_ = false;
};

// The text with JSON's escapes, in quotes. Only what JSON demands is escaped (RFC 8785, 3.2.2.2).
void append_json_text(std::string& out, std::string_view value);

}  // namespace countersign
