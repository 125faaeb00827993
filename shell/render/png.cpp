#include "shell/render/png.h"

#include <algorithm>
#include <array>
#include <vector>

namespace countersign::shell {
namespace {

void big_endian(std::string& out, uint32_t v) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out.push_back(static_cast<char>((v >> shift) & 255));
    }
}

uint32_t crc32(const std::string& bytes) {
    uint32_t crc = 0xffffffffU;
    for (const char c : bytes) {
        crc ^= static_cast<uint8_t>(c);
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0);
        }
    }
    return crc ^ 0xffffffffU;
}

void chunk(std::string& out, const char* type, const std::string& data) {
    big_endian(out, static_cast<uint32_t>(data.size()));
    const std::string body = type + data;
    out += body;
    big_endian(out, crc32(body));
}

// RFC 1951, 3.2.5: where the codes of lengths and distances begin.
constexpr std::array<uint32_t, 29> kLengths{3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                            31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<uint32_t, 30> kDistances{1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                              33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                              1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};

// RFC 1951, a single block with fixed codes.
class Deflate {
public:
    explicit Deflate(const std::string& in) : in_(in) {
        out_ = "\x78\x01";
        bits(1, 1);
        bits(1, 2);
        compress();
        literal(256);
        while (count_ != 0) {
            bits(0, 1);
        }
        big_endian(out_, adler());
    }

    std::string take() { return std::move(out_); }

private:
    void bits(uint32_t value, uint32_t count) {
        for (uint32_t i = 0; i < count; i++) {
            byte_ |= ((value >> i) & 1) << count_;
            count_ = (count_ + 1) & 7;
            if (count_ == 0) {
                out_.push_back(static_cast<char>(byte_));
                byte_ = 0;
            }
        }
    }

    void huffman(uint32_t code, uint32_t count) {
        for (uint32_t i = count; i-- > 0;) {
            bits((code >> i) & 1, 1);
        }
    }

    void literal(uint32_t symbol) {
        if (symbol < 144) {
            huffman(0x30 + symbol, 8);
        } else if (symbol < 256) {
            huffman(0x190 + symbol - 144, 9);
        } else if (symbol < 280) {
            huffman(symbol - 256, 7);
        } else {
            huffman(0xc0 + symbol - 280, 8);
        }
    }

    static uint32_t slot_of(const auto& bases, uint32_t value) {
        return static_cast<uint32_t>(std::upper_bound(bases.begin(), bases.end(), value) - bases.begin()) - 1;
    }

    void match(uint32_t length, uint32_t distance) {
        const uint32_t l = slot_of(kLengths, length);
        literal(257 + l);
        bits(length - kLengths[l], l < 8 || l == 28 ? 0 : (l - 4) / 4);
        const uint32_t d = slot_of(kDistances, distance);
        huffman(d, 5);
        bits(distance - kDistances[d], d < 4 ? 0 : (d - 2) / 2);
    }

    void compress() {
        std::vector<size_t> last(1 << 15, static_cast<size_t>(-1));
        size_t i = 0;
        while (i < in_.size()) {
            size_t length = 0;
            size_t distance = 0;
            if (i + 4 <= in_.size()) {
                uint32_t four = 0;
                for (size_t k = 0; k < 4; k++) {
                    four = (four << 8) | static_cast<uint8_t>(in_[i + k]);
                }
                size_t& slot = last[(four * 2654435761U) >> 17];
                if (slot != static_cast<size_t>(-1) && i - slot <= 32768) {
                    distance = i - slot;
                    while (length < 258 && i + length < in_.size() && in_[slot + length] == in_[i + length]) {
                        length++;
                    }
                }
                slot = i;
            }
            if (length >= 4) {
                match(static_cast<uint32_t>(length), static_cast<uint32_t>(distance));
                i += length;
            } else {
                literal(static_cast<uint8_t>(in_[i]));
                i++;
            }
        }
    }

    uint32_t adler() const {
        uint32_t a = 1;
        uint32_t b = 0;
        for (const char c : in_) {
            a = (a + static_cast<uint8_t>(c)) % 65521;
            b = (b + a) % 65521;
        }
        return (b << 16) | a;
    }

    const std::string& in_;
    std::string out_;
    uint32_t byte_ = 0;
    uint32_t count_ = 0;
};

}  // namespace

std::string png(const uint8_t* rgba, int32_t width, int32_t height) {
    std::string rows;
    const auto w = static_cast<size_t>(width);
    for (size_t y = 0; y < static_cast<size_t>(height); y++) {
        rows.push_back(y == 0 ? 0 : 2);  // filter "up": the difference to the row above, mostly zero
        for (size_t i = 0; i < w * 4; i++) {
            if (i % 4 != 3) {
                const uint8_t above = y == 0 ? 0 : rgba[(y - 1) * w * 4 + i];
                rows.push_back(static_cast<char>(rgba[y * w * 4 + i] - above));
            }
        }
    }
    std::string header;
    big_endian(header, static_cast<uint32_t>(width));
    big_endian(header, static_cast<uint32_t>(height));
    header += std::string("\x08\x02\x00\x00\x00", 5);
    std::string out = "\x89PNG\r\n\x1a\n";
    chunk(out, "IHDR", header);
    chunk(out, "IDAT", Deflate(rows).take());
    chunk(out, "IEND", {});
    return out;
}

}  // namespace countersign::shell
