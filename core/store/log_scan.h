#pragma once
// Reads a write-ahead log for what SQLite's recovery does not say: that it is damaged in its middle.
//
// Recovery takes the first frame whose checksum is wrong for the end. After a power cut that is right: it is in the
// transaction that was being written. But a transaction's first frame is only ever written when the one before it was
// synced. So where a wrong frame is followed by a commit and a frame that continues that commit, something that was
// acknowledged is damaged, and recovery would drop it without a word.
//
// Source: "WAL-mode File Format" of SQLite's documentation, 2 to 4.
//   header  32 bytes: magic, version, page size, checkpoint number, salt (8), checksum (8)
//   frame   24 bytes: page number, size after commit (0: no commit), salt (8), checksum (8); then the page
//   A frame's checksum goes over its first 8 bytes and its page, beginning with the checksum of the frame before it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countersign::store {

class LogScan {
public:
    // The log from its beginning, in pieces of any size.
    void take(std::string_view bytes);

    // The first wrong frame, from 1, when something that was synced lies behind it.
    std::optional<uint64_t> damaged_frame() const { return damaged_; }

private:
    using Sum = std::array<uint32_t, 2>;

    void read_header();
    void read_frame(std::string_view frame);
    Sum sum_of(std::string_view bytes, Sum from) const;

    std::string rest_;
    bool begun_ = false;
    bool ours_ = true;  // the header is one; without it no frame counts
    bool big_endian_ = false;
    size_t frame_bytes_ = 0;
    std::string salt_;
    Sum before_{};  // what the last frame says its checksum is
    uint64_t frames_ = 0;
    std::optional<uint64_t> first_wrong_;
    bool after_commit_ = false;  // the last frame is a commit at or behind the first wrong one
    std::optional<uint64_t> damaged_;
};

}  // namespace countersign::store
