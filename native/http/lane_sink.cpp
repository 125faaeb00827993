#include "native/http/lane_sink.h"

#include "native/http/status.h"

namespace countersign::http {
namespace {

class LaneSink final : public BodySink {
public:
    LaneSink(WriterLane& lane, std::shared_ptr<PieceTaker> taker) : lane_(lane), taker_(std::move(taker)) {}

    void take(std::string piece, Taken taken) override {
        // What the job found out; written by the job, read after it.
        struct Work {
            std::string piece;
            Status status;
        };

        const auto work = std::make_shared<Work>(Work{std::move(piece), {}});
        auto job = [taker = taker_, work] { work->status = taker->take(work->piece); };
        auto done = [taken, work](Status durable) { taken(durable.ok() ? work->status : std::move(durable)); };
        if (!lane_.post(std::move(job), std::move(done), next_)) {
            taken(fail(ErrorCode::unavailable, "the server has too much to write now; please try again"));
        }
        next_ = WriterLane::Admission::always;
    }

    void finish(Reply reply) override {
        const auto response = std::make_shared<api::Response>();
        auto job = [taker = taker_, response] { *response = taker->finish(); };
        auto done = [reply, response](const Status& durable) {
            reply(durable.ok() ? std::move(*response) : error_response(durable.error()));
        };
        if (!lane_.post(std::move(job), std::move(done), next_)) {
            reply(
                error_response(fail(ErrorCode::unavailable, "the server has too much to write now; please try again")));
        }
    }

private:
    WriterLane& lane_;
    std::shared_ptr<PieceTaker> taker_;
    WriterLane::Admission next_ = WriterLane::Admission::if_room;
};

}  // namespace

std::unique_ptr<BodySink> on_writer_lane(WriterLane& lane, std::shared_ptr<PieceTaker> taker) {
    return std::make_unique<LaneSink>(lane, std::move(taker));
}

}  // namespace countersign::http
