#include "web/wire/records.h"

#include <bit>
#include <cstring>

#include "core/base/concat.h"

namespace countersign::web {

static_assert(std::endian::native == std::endian::little, "records are copied as they stand in memory");

namespace {

template <class Number>
Number as(std::string_view bytes) {
    Number value{};
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

template <class Number>
void append(std::string& out, Number value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof value);
}

}  // namespace

Result<std::string_view> RecordReader::take(size_t count) {
    if (bytes_.size() - at_ < count) {
        return fail(ErrorCode::internal, concat("a record ends ", count - (bytes_.size() - at_), " bytes early"),
                    concat("byte ", at_));
    }
    const auto piece = bytes_.substr(at_, count);
    at_ += count;
    return piece;
}

Result<uint8_t> RecordReader::byte() {
    return as<uint8_t>(CS_TRY(take(1)));
}

Result<uint32_t> RecordReader::number() {
    return as<uint32_t>(CS_TRY(take(4)));
}

Result<float> RecordReader::real() {
    return as<float>(CS_TRY(take(4)));
}

Result<std::string_view> RecordReader::text() {
    const uint32_t length = CS_TRY(number());
    return take(length);
}

RecordWriter& RecordWriter::byte(uint8_t value) {
    append(out_, value);
    return *this;
}

RecordWriter& RecordWriter::half(uint16_t value) {
    append(out_, value);
    return *this;
}

RecordWriter& RecordWriter::number(uint32_t value) {
    append(out_, value);
    return *this;
}

RecordWriter& RecordWriter::real(float value) {
    append(out_, value);
    return *this;
}

RecordWriter& RecordWriter::text(std::string_view value) {
    append(out_, static_cast<uint32_t>(value.size()));
    out_.append(value);
    return *this;
}

size_t RecordWriter::reserve() {
    const size_t place = out_.size();
    append(out_, uint32_t{0});
    return place;
}

void RecordWriter::fill(size_t place, uint32_t value) {
    CS_CHECK(place + sizeof value <= out_.size());
    std::memcpy(out_.data() + place, &value, sizeof value);
}

}  // namespace countersign::web
