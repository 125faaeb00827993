#pragma once
// One client's socket with its read buffer and its deadline. Time is kept by one sweep per thread over all wires
// (worker.h), not by a timer per operation: cheaper, and one rule holds for a whole request. Internal to native/http.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <boost/asio/buffer.hpp>

#include "native/http/limits.h"
#include "native/http/metrics.h"
#include "native/http/net.h"

namespace countersign::http {

// "At least this many bytes a second on average, after a grace": when it will have been broken if nothing more comes.
class RateRule {
public:
    RateRule(Limits::Milliseconds grace, uint32_t bytes_per_s) : grace_(grace), bytes_per_s_(bytes_per_s) {}

    void start(TimePoint now) { start_ = now; }

    void moved(uint64_t bytes) { bytes_ += bytes; }

    // Time that is not the client's fault.
    void excuse(SteadyClock::duration time) { start_ += time; }

    TimePoint deadline() const {
        return start_ + grace_ + std::chrono::milliseconds(bytes_ * 1'000 / std::max<uint32_t>(bytes_per_s_, 1));
    }

private:
    Limits::Milliseconds grace_;
    uint32_t bytes_per_s_;
    TimePoint start_{};
    uint64_t bytes_ = 0;
};

class Wire {
public:
    Wire(Socket socket, const Limits& limits, Metrics& metrics);

    // -- reading --
    std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }

    void consume(size_t bytes);
    // Gives back what the buffer has beyond that, when nothing unread is in it.
    void keep_buffer(size_t bytes);
    // Appends what the client sent, at most this much; false when nothing will come any more (or not in time).
    Task<bool> read_more(size_t at_most);

    // -- writing --
    // All of it, or false: the client is gone or too slow. The deadline is the answer's own rate rule.
    Task<bool> write(std::span<asio::const_buffer> buffers, RateRule& rule);
    // Says that nothing more will come and waits for the client to have read it (Limits::linger_time).
    Task<void> linger();

    // -- time --
    // From now on until the next call; what is under way then fails, and expired() is true.
    void set_deadline(TimePoint deadline);

    bool expired() const { return expired_; }

    // Called by the sweep. True when something was cut.
    bool expire(TimePoint now);
    // Ends everything under way at once.
    void close();

    bool closed() const { return closed_; }

    Socket& socket() { return socket_; }

    Timer& waiting() { return waiting_; }

private:
    static constexpr size_t kUsualBuffer = 4'096;

    Socket socket_;
    Timer waiting_;  // never runs out; cancelled to wake the one who waits
    const Limits& limits_;
    Metrics& metrics_;
    std::vector<char> buffer_ = std::vector<char>(kUsualBuffer);
    size_t begin_ = 0;
    size_t end_ = 0;
    TimePoint deadline_ = kNever;
    bool expired_ = false;
    bool closed_ = false;
};

}  // namespace countersign::http
