#include <future>
#include <mutex>
#include <optional>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "native/desktop/link/worker_transport.h"

using namespace countersign;
using namespace countersign::desktop;

namespace {

// Answers with the path that was asked for, on whatever thread it is asked.
class Echo final : public Exchange {
public:
    Result<TransportResponse> exchange(const TransportRequest& request) override {
        asked_on = std::this_thread::get_id();
        if (request.path == "/refused") {
            return fail(ErrorCode::unavailable, "nothing answers");
        }
        return TransportResponse{200, "text/plain", request.path};
    }

    void cancel() override {}

    std::thread::id asked_on;
};

// Waits for ever, as a server may, until it is told to give up.
class Hanging final : public Exchange {
public:
    explicit Hanging(std::promise<void>& asked) : asked_(asked) {}

    Result<TransportResponse> exchange(const TransportRequest&) override {
        asked_.set_value();
        given_up_.get_future().wait();
        return fail(ErrorCode::unavailable, "called off");
    }

    void cancel() override { given_up_.set_value(); }

private:
    std::promise<void>& asked_;
    std::promise<void> given_up_;
};

}  // namespace

TEST_CASE("every request is answered once, in order, on the frame thread, and never from within send()") {
    int wakes = 0;
    std::mutex mutex;
    Inbox inbox([&] {
        const std::lock_guard lock(mutex);
        ++wakes;
    });
    auto echo = std::make_unique<Echo>();
    Echo& exchange = *echo;
    std::optional<WorkerTransport> ended(std::in_place, std::move(echo), inbox);
    WorkerTransport& transport = *ended;
    std::vector<std::string> answers;
    constexpr int kRequests = 50;
    for (int i = 0; i < kRequests; ++i) {
        transport.send({"GET", i == 7 ? "/refused" : concat('/', i), "", ""}, [&](Result<TransportResponse> answer) {
            CHECK(std::this_thread::get_id() != exchange.asked_on);
            answers.push_back(answer.ok() ? answer.value().body : answer.error().message);
        });
        CHECK(answers.empty());
    }
    CHECK(transport.in_flight() == kRequests);
    while (transport.in_flight() > 0) {
        inbox.wait(std::chrono::seconds(20));
        REQUIRE(inbox.run());
    }
    REQUIRE(answers.size() == kRequests);
    for (int i = 0; i < kRequests; ++i) {
        CHECK(answers[static_cast<size_t>(i)] == (i == 7 ? "nothing answers" : concat('/', i)));
    }
    ended.reset();  // an answer can be run before the call that tells of it has returned
    CHECK(wakes == kRequests);
}

TEST_CASE("a transport that ends calls off what hangs and forgets what waits") {
    Inbox inbox;
    int answered = 0;
    std::promise<void> asked;
    {
        WorkerTransport transport(std::make_unique<Hanging>(asked), inbox);
        for (int i = 0; i < 3; ++i) {
            transport.send({"GET", "/", "", ""}, [&](const Result<TransportResponse>&) { ++answered; });
        }
        asked.get_future().wait();
    }
    CHECK(answered == 0);
}
