#include "native/server/counted_sink.h"

#include <algorithm>

#include "core/json/json.h"

namespace countersign::native {

namespace {

class LineCounter final : public http::BodySink {
public:
    LineCounter(std::unique_ptr<http::BodySink> sink, std::function<void(int64_t)> count)
        : sink_(std::move(sink)), count_(std::move(count)) {}

    void take(std::string piece, http::Taken taken) override {
        count_(std::count(piece.begin(), piece.end(), '\n'));
        sink_->take(std::move(piece), std::move(taken));
    }

    void finish(http::Reply reply) override { sink_->finish(std::move(reply)); }

private:
    std::unique_ptr<http::BodySink> sink_;
    std::function<void(int64_t)> count_;
};

class AnswerCounter final : public http::BodySink {
public:
    AnswerCounter(std::unique_ptr<http::BodySink> sink, std::function<void(int64_t)> count)
        : sink_(std::move(sink)), count_(std::move(count)) {}

    void take(std::string piece, http::Taken taken) override { sink_->take(std::move(piece), std::move(taken)); }

    void finish(http::Reply reply) override {
        auto told = [count = count_, reply](api::Response response) {
            const auto json = parse_json(response.body);
            const Json* lines = json.ok() ? json.value().find("lines") : nullptr;
            if (lines != nullptr && lines->integer() != nullptr) {
                count(*lines->integer());
            }
            reply(std::move(response));
        };
        const auto unanswered = [] { return api::problem(fail(ErrorCode::unavailable, "the server is stopping")); };
        sink_->finish(http::Reply(std::move(told), unanswered));
    }

private:
    std::unique_ptr<http::BodySink> sink_;
    std::function<void(int64_t)> count_;
};

}  // namespace

std::unique_ptr<http::BodySink> make_counted_sink(std::unique_ptr<http::BodySink> sink, std::string_view content_type,
                                                  std::function<void(int64_t items)> count) {
    if (content_type.substr(0, content_type.find(';')) == "application/json") {
        return std::make_unique<AnswerCounter>(std::move(sink), std::move(count));
    }
    return std::make_unique<LineCounter>(std::move(sink), std::move(count));
}

}  // namespace countersign::native
