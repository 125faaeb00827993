#include "core/store/log_scan.h"

namespace countersign::store {

namespace {

constexpr size_t kHeader_bytes = 32;
constexpr size_t kFrameHeader_bytes = 24;
constexpr uint32_t kMagic = 0x377f0682;  // and one more where checksums are big-endian

uint32_t number_at(std::string_view bytes, size_t at) {
    uint32_t out = 0;
    for (size_t i = 0; i < 4; ++i) {
        out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return out;
}

uint32_t swapped(uint32_t number) {
    return number >> 24U | (number >> 8U & 0xff00U) | (number << 8U & 0xff0000U) | number << 24U;
}

}  // namespace

LogScan::Sum LogScan::sum_of(std::string_view bytes, Sum from) const {
    Sum sum = from;
    for (size_t at = 0; at + 8 <= bytes.size(); at += 8) {
        const uint32_t one = number_at(bytes, at);
        const uint32_t two = number_at(bytes, at + 4);
        sum[0] += (big_endian_ ? one : swapped(one)) + sum[1];
        sum[1] += (big_endian_ ? two : swapped(two)) + sum[0];
    }
    return sum;
}

void LogScan::read_header() {
    const std::string_view header = std::string_view(rest_).substr(0, kHeader_bytes);
    const uint32_t magic = number_at(header, 0);
    const uint32_t page_bytes = number_at(header, 8);
    big_endian_ = magic == kMagic + 1;
    salt_ = header.substr(16, 8);
    before_ = {number_at(header, 24), number_at(header, 28)};
    const bool sized = page_bytes >= 512 && page_bytes <= 65'536 && (page_bytes & (page_bytes - 1)) == 0;
    ours_ = sized && (magic == kMagic || big_endian_) && sum_of(header.substr(0, 24), {}) == before_;
    frame_bytes_ = kFrameHeader_bytes + page_bytes;
    begun_ = true;
}

void LogScan::read_frame(std::string_view frame) {
    ++frames_;
    const bool salted = frame.substr(8, 8) == salt_;
    const Sum says = {number_at(frame, 16), number_at(frame, 20)};
    const bool right = salted && says == sum_of(frame.substr(kFrameHeader_bytes), sum_of(frame.substr(0, 8), before_));
    if (right && after_commit_ && !damaged_) {
        damaged_ = first_wrong_;
    }
    if (!right && !first_wrong_) {
        first_wrong_ = frames_;
    }
    // Its salt may be what is damaged; what is left of an older log never continues in a right frame.
    after_commit_ = first_wrong_ && number_at(frame, 4) != 0;
    before_ = says;
}

void LogScan::take(std::string_view bytes) {
    rest_.append(bytes);
    if (!begun_ && rest_.size() >= kHeader_bytes) {
        read_header();
        rest_.erase(0, kHeader_bytes);
    }
    size_t at = 0;
    for (; begun_ && ours_ && at + frame_bytes_ <= rest_.size(); at += frame_bytes_) {
        read_frame(std::string_view(rest_).substr(at, frame_bytes_));
    }
    rest_.erase(0, ours_ ? at : rest_.size());
}

}  // namespace countersign::store
