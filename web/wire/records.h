#pragma once
// Reading and writing the small binary records that page, worker and wasm exchange (web/protocol.md lists them).
// Little-endian; a text is a 32-bit length in bytes and UTF-8.
//
// Contract of the reader: it outlives nothing; the bytes outlive it. Errors: internal, because both ends are ours and
// are built together; the message names the byte.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace countersign::web {

class RecordReader {
public:
    explicit RecordReader(std::string_view bytes) : bytes_(bytes) {}

    bool at_end() const { return at_ == bytes_.size(); }

    size_t position() const { return at_; }

    Result<uint8_t> byte();
    Result<uint32_t> number();
    Result<float> real();
    // A view into the bytes that are read.
    Result<std::string_view> text();

private:
    Result<std::string_view> take(size_t count);

    std::string_view bytes_;
    size_t at_ = 0;
};

class RecordWriter {
public:
    RecordWriter& byte(uint8_t value);
    RecordWriter& half(uint16_t value);
    RecordWriter& number(uint32_t value);
    RecordWriter& real(float value);
    RecordWriter& text(std::string_view value);
    // For counts that are known only when what they count is written: reserve() gives a place, fill() fills it.
    size_t reserve();
    void fill(size_t place, uint32_t value);

    bool empty() const { return out_.empty(); }

    const std::string& bytes() const { return out_; }

    std::string take() && { return std::move(out_); }

private:
    std::string out_;
};

}  // namespace countersign::web
