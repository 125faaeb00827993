#pragma once
// The door through which other threads reach a network thread, and which can be shut: an answer that comes after the
// server is gone then falls on the floor instead of into freed memory. Internal to native/http.

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <boost/asio/post.hpp>

#include "native/http/net.h"

namespace countersign::http {

class Gate {
public:
    explicit Gate(asio::io_context& context) : context_(&context) {}

    // Runs `work` on the network thread, or never, when the gate is shut. Any thread.
    template <class Work>
    void post(Work work) {
        const std::lock_guard lock(mutex_);
        if (context_ != nullptr) {
            asio::post(context_->get_executor(), std::move(work));
        }
    }

    void shut() {
        const std::lock_guard lock(mutex_);
        context_ = nullptr;
    }

private:
    std::mutex mutex_;
    asio::io_context* context_;
};

// Wakes the connection that waits for an answer. The timer belongs to the connection, which calls forget() when it
// goes; forget() and the waking itself happen on the network thread.
class Waker : public std::enable_shared_from_this<Waker> {
public:
    Waker(std::shared_ptr<Gate> gate, Timer& timer) : gate_(std::move(gate)), timer_(&timer) {}

    void wake() {
        gate_->post([self = shared_from_this()] {
            if (self->timer_ != nullptr) {
                self->timer_->cancel();
            }
        });
    }

    void forget() { timer_ = nullptr; }

private:
    std::shared_ptr<Gate> gate_;
    Timer* timer_;
};

// Where an answer, given on any thread, waits for the connection that asked.
template <class Answer>
class Rendezvous {
public:
    explicit Rendezvous(std::shared_ptr<Waker> waker) : waker_(std::move(waker)) {}

    void deliver(Answer answer) {
        const std::lock_guard lock(mutex_);
        answer_.emplace(std::move(answer));
        if (waited_for_) {
            waker_->wake();
        }
    }

    // The answer, or nothing yet: then wake() will follow.
    std::optional<Answer> take() {
        const std::lock_guard lock(mutex_);
        waited_for_ = !answer_.has_value();
        return std::exchange(answer_, std::nullopt);
    }

private:
    std::shared_ptr<Waker> waker_;
    std::mutex mutex_;
    std::optional<Answer> answer_;
    bool waited_for_ = false;
};

}  // namespace countersign::http
