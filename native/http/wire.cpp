#include "native/http/wire.h"

#include <cstring>

namespace countersign::http {

Wire::Wire(Socket socket, const Limits& limits, Metrics& metrics)
    : socket_(std::move(socket)), waiting_(socket_.get_executor()), limits_(limits), metrics_(metrics) {
    waiting_.expires_at(kNever);
}

void Wire::consume(size_t bytes) {
    begin_ += bytes;
    if (begin_ == end_) {
        begin_ = 0;
        end_ = 0;
    }
}

void Wire::keep_buffer(size_t bytes) {
    if (unread().empty() && buffer_.size() > bytes) {
        buffer_.resize(bytes);
        buffer_.shrink_to_fit();
    }
}

Task<bool> Wire::read_more(size_t at_most) {
    if (end_ + at_most > buffer_.size()) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
        buffer_.resize(std::max(buffer_.size(), end_ + at_most));
    }
    const auto [code, count] = co_await socket_.async_read_some(asio::buffer(buffer_.data() + end_, at_most), kAwait);
    end_ += count;
    metrics_.bytes_received.fetch_add(count, std::memory_order_relaxed);
    co_return !code;
}

Task<bool> Wire::write(std::span<asio::const_buffer> buffers, RateRule& rule) {
    size_t first = 0;
    while (first < buffers.size()) {
        if (buffers[first].size() == 0) {
            ++first;
            continue;
        }
        set_deadline(rule.deadline());
        auto [code, count] = co_await socket_.async_write_some(buffers.subspan(first), kAwait);
        metrics_.bytes_sent.fetch_add(count, std::memory_order_relaxed);
        rule.moved(count);
        if (code) {
            co_return false;
        }
        for (; first < buffers.size() && count >= buffers[first].size(); ++first) {
            count -= buffers[first].size();
        }
        if (count > 0) {
            buffers[first] += count;
        }
    }
    co_return true;
}

Task<void> Wire::linger() {
    ErrorCodeOfAsio ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    set_deadline(SteadyClock::now() + limits_.linger_time);
    // What still comes is thrown away: closing with unread bytes would make the system discard our last answer.
    begin_ = 0;
    end_ = 0;
    for (bool more = true; more && !closed_;) {
        more = co_await read_more(kUsualBuffer);
        begin_ = 0;
        end_ = 0;
    }
}

void Wire::set_deadline(TimePoint deadline) {
    deadline_ = deadline;
    expired_ = false;
}

bool Wire::expire(TimePoint now) {
    if (now < deadline_ || closed_) {
        return false;
    }
    expired_ = true;
    ErrorCodeOfAsio ignored;
    socket_.cancel(ignored);
    waiting_.cancel();
    return true;
}

void Wire::close() {
    closed_ = true;
    ErrorCodeOfAsio ignored;
    socket_.close(ignored);
    waiting_.cancel();
}

}  // namespace countersign::http
