#include "core/json/writer.h"

#include "core/base/concat.h"

namespace countersign {

namespace {

void append_escaped(std::string& out, unsigned char c) {
    static constexpr char kHex[] = "0123456789abcdef";
    switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            out += "\\u00";
            out.push_back(kHex[c >> 4]);
            out.push_back(kHex[c & 15]);
    }
}

}  // namespace

void append_json_text(std::string& out, std::string_view value) {
    out.push_back('"');
    size_t plain_from = 0;
    for (size_t i = 0; i < value.size(); ++i) {
        const auto c = static_cast<unsigned char>(value[i]);
        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        out.append(value, plain_from, i - plain_from);
        append_escaped(out, c);
        plain_from = i + 1;
    }
    out.append(value, plain_from);
    out.push_back('"');
}

void JsonWriter::before_value() {
    if (levels_.empty()) {
        CS_CHECK(out_.empty());
        return;
    }
    Level& level = levels_.back();
    CS_CHECK(level.object == after_name_);
    after_name_ = false;
    if (!level.object && !level.first) {
        out_.push_back(',');
    }
    level.first = false;
}

JsonWriter& JsonWriter::begin_object() {
    before_value();
    out_.push_back('{');
    levels_.push_back({.object = true, .first = true, .last_name = {}});
    return *this;
}

JsonWriter& JsonWriter::end_object() {
    CS_CHECK(!levels_.empty() && levels_.back().object && !after_name_);
    levels_.pop_back();
    out_.push_back('}');
    return *this;
}

JsonWriter& JsonWriter::begin_array() {
    before_value();
    out_.push_back('[');
    levels_.push_back({.object = false, .first = true, .last_name = {}});
    return *this;
}

JsonWriter& JsonWriter::end_array() {
    CS_CHECK(!levels_.empty() && !levels_.back().object);
    levels_.pop_back();
    out_.push_back(']');
    return *this;
}

JsonWriter& JsonWriter::name(std::string_view name) {
    CS_CHECK(!levels_.empty() && levels_.back().object && !after_name_);
    Level& level = levels_.back();
    if (order_ == Order::sorted) {
        CS_CHECK(level.first || level.last_name < name);
        level.last_name = name;
    }
    if (!level.first) {
        out_.push_back(',');
    }
    level.first = false;
    append_json_text(out_, name);
    out_.push_back(':');
    after_name_ = true;
    return *this;
}

JsonWriter& JsonWriter::null() {
    before_value();
    out_ += "null";
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
    before_value();
    out_ += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::integer(int64_t value) {
    before_value();
    append_piece(out_, value);
    return *this;
}

JsonWriter& JsonWriter::decimal(std::string_view json_number) {
    before_value();
    out_ += json_number;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
    before_value();
    append_json_text(out_, value);
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    before_value();
    out_ += json;
    return *this;
}

JsonWriter& JsonWriter::value(const Json& value) {
    if (const bool* flag = value.boolean()) {
        return boolean(*flag);
    }
    if (const int64_t* number = value.integer()) {
        return integer(*number);
    }
    if (const JsonNumber* number = value.number()) {
        return decimal(number->text);
    }
    if (const std::string* words = value.string()) {
        return text(*words);
    }
    if (const JsonArray* list = value.array()) {
        begin_array();
        for (const Json& element : *list) {
            this->value(element);
        }
        return end_array();
    }
    if (const JsonObject* object = value.object()) {
        begin_object();
        for (const JsonMember& member : *object) {
            name(member.first);
            this->value(member.second);
        }
        return end_object();
    }
    return null();
}

std::string JsonWriter::take() && {
    CS_CHECK(levels_.empty() && !after_name_);
    return std::move(out_);
}

}  // namespace countersign
