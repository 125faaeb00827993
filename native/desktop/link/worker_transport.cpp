#include "native/desktop/link/worker_transport.h"

#include <utility>

namespace countersign::desktop {

WorkerTransport::WorkerTransport(std::unique_ptr<Exchange> exchange, Inbox& inbox)
    : exchange_(std::move(exchange)), inbox_(inbox), thread_([this] { run(); }) {}

WorkerTransport::~WorkerTransport() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        queue_.clear();
    }
    wake_.notify_one();
    exchange_->cancel();
    thread_.join();
}

void WorkerTransport::send(TransportRequest request, Done done) {
    ++in_flight_;
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back({std::move(request), std::move(done)});
    }
    wake_.notify_one();
}

void WorkerTransport::run() {
    for (;;) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_) {
            return;
        }
        Waiting next = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        auto answer = std::make_shared<Result<TransportResponse>>(exchange_->exchange(next.request));
        inbox_.post([this, answer, done = std::move(next.done)] {
            --in_flight_;
            done(std::move(*answer));
        });
    }
}

}  // namespace countersign::desktop
