#pragma once
// A real server in the test's process, a raw client that sends whatever bytes it is told, and a writing thread.
// Waiting is always for a state; the guard times only end a test that has failed anyway.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "native/http/server.h"

namespace countersign::http::test {

using namespace std::chrono_literals;

inline constexpr auto kGuardTime = 20s;

// True as soon as the condition holds; false when it does not within the guard time.
bool eventually(const std::function<bool()>& condition);

struct Answer {
    int status = 0;  // 0: the connection ended without one
    std::map<std::string, std::string> headers;
    std::string body;
    bool complete = false;  // the body came to its end
};

// A client's socket. Receiving gives up at the guard time.
class RawClient {
public:
    // `receive_buffer` in bytes, 0: the system's choice.
    explicit RawClient(uint16_t port, int receive_buffer = 0);
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    // False when the server no longer takes it.
    bool send(std::string_view bytes) const;
    // As much as goes without waiting.
    size_t send_some(std::string_view bytes) const;
    void end_sending() const;
    // Ends the connection with a reset.
    void reset();
    // Whether something comes (or the end) within this time.
    bool has_answer(std::chrono::milliseconds time) const;
    // The next answer; with `head_only` without a body.
    Answer receive(bool head_only = false);
    // Until these bytes have come (they are consumed), or the end; what came.
    std::string receive_until(std::string_view end);
    // Everything until the server closes. Nothing when it does not.
    std::string receive_all();
    // The server has closed, orderly or not.
    bool at_end();

private:
    bool more();

    int fd_ = -1;
    std::string received_;
};

// One request on a connection of its own; the server is asked to close.
Answer ask(uint16_t port, std::string_view request);
std::string get_request(std::string_view target, std::string_view more_headers = "");
std::string post_request(std::string_view target, std::string_view body, std::string_view more_headers = "");

// The answers of all complete responses in a byte stream.
std::vector<Answer> parse_answers(std::string bytes);

// A writing thread that runs all waiting jobs, then "commits", then tells them all.
class WriterThread final : public WriterLane {
public:
    explicit WriterThread(size_t room = 1'000);
    ~WriterThread() override;

    bool post(Job job, Done done, Admission admission) override;
    // While held, jobs wait in the queue.
    void hold(bool held);
    // What the next commits say.
    void fail_commits(Status status);
    size_t waiting();
    size_t commits();

private:
    void run();

    size_t room_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<Job, Done>> queue_;
    Status commit_;
    size_t commits_ = 0;
    bool held_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

// A handler made of functions; what is not given says 404 or echoes.
class FunctionHandler final : public Handler {
public:
    std::function<api::Plan(const api::RequestHead&)> on_plan;
    std::function<void(const api::RequestHead&, std::string, Reply)> on_answer;
    std::function<Result<std::unique_ptr<BodySink>>(const api::RequestHead&)> on_open;

    api::Plan plan(const api::RequestHead& head) override;
    void answer(const api::RequestHead& head, std::string body, Reply reply) override;
    Result<std::unique_ptr<BodySink>> open(const api::RequestHead& head) override;
};

api::Response text_response(std::string body, int status = 200);

// Limits with which a deadline is soon reached, yet not by an honest client on a busy machine.
Limits quick_limits();

// A server on any free port of 127.0.0.1 with two threads.
std::unique_ptr<Server> start_server(Handler& handler, WriterLane& writer, const Limits& limits = {});

}  // namespace countersign::http::test
