// Whole connections: any bytes to a real server over loopback, gzip and chunks among them. It answers in form or
// closes, never with a 5xx of its own making, and lives.

#include "native/http/server.h"
#include "native/http/status.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/loopback.h"

using namespace countersign;
using namespace countersign::fuzz;

namespace {

class Echo final : public http::Handler {
public:
    api::Plan plan(const api::RequestHead& head) override {
        api::Plan plan;
        plan.body_limit_bytes = 10'000;
        plan.streamed_body = head.path == "/stream";
        return plan;
    }

    void answer(const api::RequestHead&, std::string body, http::Reply reply) override {
        api::Response response;
        response.headers = {{"content-type", "application/jsonl"}};
        response.body = std::move(body);
        reply(std::move(response));
    }

    Result<std::unique_ptr<http::BodySink>> open(const api::RequestHead&) override {
        return std::unique_ptr<http::BodySink>(std::make_unique<Sink>());
    }

private:
    class Sink final : public http::BodySink {
    public:
        void take(std::string, http::Taken taken) override { taken(success()); }

        void finish(http::Reply reply) override { reply(api::Response{}); }
    };
};

class NoWriter final : public http::WriterLane {
public:
    bool post(Job, Done, Admission) override { return false; }
};

uint16_t served_port() {
    static Echo handler;
    static NoWriter writer;
    static const auto server = [] {
        http::ServerOptions options;
        options.port = 0;
        options.threads = 1;
        options.limits.linger_time = std::chrono::milliseconds(100);
        return http::Server::start(std::move(options), handler, writer);
    }();
    CS_CHECK(server.ok());
    return server.value()->port();
}

// Every head of an answer begins so; bodies are echoes of the input and may hold anything.
void must_be_answers(std::string_view received) {
    if (received.empty()) {
        return;
    }
    CS_CHECK(received.starts_with("HTTP/1.1 "));
    CS_CHECK(received.find("\r\n\r\n") != std::string_view::npos);
    const std::string_view status = received.substr(9, 3);
    CS_CHECK(status.front() != '5' || status == "501" || status == "505");
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    must_be_answers(exchange(served_port(), text_of(data, size)));
    return 0;
}
