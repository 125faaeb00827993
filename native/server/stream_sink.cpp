#include "native/server/stream_sink.h"

#include <mutex>
#include <optional>

namespace countersign::native {

namespace {

// Shared by the sink and its jobs: a job may end after the client went away.
//
// One piece is written while the next is parsed; the one after that is not read before the write is durable.
class Stream : public std::enable_shared_from_this<Stream> {
public:
    Stream(Writer& writer, std::unique_ptr<api::BodySink> sink) : writer_(writer), sink_(std::move(sink)) {}

    void take(const std::string& piece, http::Taken taken) {
        auto work = sink_->feed(piece);
        if (!work.ok()) {
            taken(work.error());
            return;
        }
        if (!work.value()) {
            taken(success());
            return;
        }
        std::unique_lock lock(mutex_);
        if (failure_) {
            lock.unlock();
            taken(*failure_);
        } else if (writing_) {
            next_ = std::move(work).value();
            waiting_.emplace(std::move(taken));
        } else {
            writing_ = true;
            lock.unlock();
            write(std::move(work).value());
            taken(success());
        }
    }

    void finish(http::Reply reply) {
        std::unique_lock lock(mutex_);
        if (writing_) {
            finish_.emplace(std::move(reply));
            return;
        }
        lock.unlock();
        write_end(std::move(reply));
    }

private:
    void write(api::BodySink::Work work) {
        auto outcome = std::make_shared<Status>();
        auto self = shared_from_this();
        auto job = [self, outcome, work = std::move(work)] { *outcome = self->writer_.within_savepoint_status(work); };
        auto done = [self, outcome](Status durable) { self->written(durable.ok() ? *outcome : durable); };
        const bool posted = writer_.post(std::move(job), std::move(done), http::WriterLane::Admission::always);
        if (!posted) {
            written(fail(ErrorCode::unavailable, "the server is stopping; what it had answered is safe"));
        }
    }

    // On the writer thread.
    void written(const Status& status) {
        std::unique_lock lock(mutex_);
        writing_ = false;
        if (!status.ok() && !failure_) {
            failure_ = status.error();
        }
        std::optional<http::Taken> taken = std::exchange(waiting_, std::nullopt);
        std::optional<http::Reply> reply = std::exchange(finish_, std::nullopt);
        api::BodySink::Work work = std::exchange(next_, nullptr);
        const std::optional<Error> failure = failure_;
        writing_ = taken.has_value() && !failure;
        lock.unlock();
        if (taken && !failure) {
            write(std::move(work));
        }
        if (taken) {
            (*taken)(failure ? Status(*failure) : success());
        }
        if (reply) {
            write_end(std::move(*reply));
        }
    }

    void write_end(http::Reply reply) {
        if (failure_) {
            reply(api::problem(*failure_));
            return;
        }
        auto answer = std::make_shared<api::Response>();
        auto self = shared_from_this();
        auto job = [self, answer] {
            *answer = self->writer_.within_savepoint(
                [&](api::Workspace& workspace) { return self->sink_->finish(workspace); });
        };
        auto done = [answer, reply](Status durable) {
            reply(durable.ok() ? std::move(*answer) : api::problem(durable.error()));
        };
        if (!writer_.post(std::move(job), std::move(done), http::WriterLane::Admission::always)) {
            reply(api::problem(fail(ErrorCode::unavailable, "the server is stopping; send the request again")));
        }
    }

    Writer& writer_;
    std::unique_ptr<api::BodySink> sink_;
    std::mutex mutex_;
    bool writing_ = false;
    api::BodySink::Work next_;
    std::optional<http::Taken> waiting_;
    std::optional<http::Reply> finish_;
    std::optional<Error> failure_;
};

class StreamSink : public http::BodySink {
public:
    StreamSink(Writer& writer, std::unique_ptr<api::BodySink> sink)
        : stream_(std::make_shared<Stream>(writer, std::move(sink))) {}

    void take(std::string piece, http::Taken taken) override { stream_->take(piece, std::move(taken)); }

    void finish(http::Reply reply) override { stream_->finish(std::move(reply)); }

private:
    std::shared_ptr<Stream> stream_;
};

}  // namespace

std::unique_ptr<http::BodySink> make_stream_sink(Writer& writer, std::unique_ptr<api::BodySink> sink) {
    return std::make_unique<StreamSink>(writer, std::move(sink));
}

}  // namespace countersign::native
