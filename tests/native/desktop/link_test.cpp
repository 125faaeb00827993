// The desk's two ways to the API, against the real ones: a server on loopback, and a folder.

#include <set>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "native/desktop/link/folder_exchange.h"
#include "native/desktop/link/http_exchange.h"
#include "native/desktop/link/http_live_feed.h"
#include "native/platform/secrets.h"
#include "native/server/serve.h"
#include "tests/support/server.h"
#include "tests/support/temporary_folder.h"

using namespace countersign;
using namespace countersign::desktop;

namespace {

using Service = std::unique_ptr<native::RunningService>;

Service serve(const std::filesystem::path& data, uint16_t port = 0) {
    native::ServeOptions options;
    options.data = data;
    options.port = port;
    options.demo = true;
    auto started = native::RunningService::start(options);
    INFO((started.ok() ? std::string() : started.error().text()));
    REQUIRE(started.ok());
    return std::move(started).value();
}

http::Endpoint endpoint_of(const native::RunningService& service) {
    return http::parse_endpoint(service.address()).value();
}

// As a program of the folder's owner: what a demo's lead may not do.
int ask_as_owner(const std::filesystem::path& data, std::string method, std::string target, std::string body,
                 std::string type) {
    const auto running = native::DataFolder::open(data).value().running();
    REQUIRE(running);
    http::Client client(http::parse_endpoint(running->address).value());
    const auto answer =
        client.send({.method = std::move(method),
                     .target = std::move(target),
                     .headers = {{"authorization", "Bearer " + running->token}, {"content-type", std::move(type)}},
                     .body = std::move(body)});
    return answer.ok() ? answer.value().status : 0;
}

std::string member(const std::string& body, std::string_view name) {
    const auto json = parse_json(body);
    const Json* value = json.ok() ? json.value().find(name) : nullptr;
    return value != nullptr && value->string() != nullptr ? *value->string() : std::string();
}

// Runs the inbox until the condition holds; false when nothing comes for a long time.
bool wait_until(Inbox& inbox, const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition() && std::chrono::steady_clock::now() < end) {
        inbox.wait(std::chrono::milliseconds(100));
        inbox.run();
    }
    return condition();
}

}  // namespace

TEST_CASE("a session over HTTP begins, is kept by its cookie, and ends") {
    const testing::TemporaryFolder data;
    const Service service = serve(data.path());
    native::SystemClock clock;
    const auto cookies = std::make_shared<CookieJar>(clock, data / "session");
    HttpExchange exchange(endpoint_of(*service), cookies);
    const TransportRequest who{"GET", "/api/v1/session", "", ""};
    CHECK(exchange.exchange(who).value().status == 401);
    CHECK(exchange.exchange({"POST", "/api/v1/session/demo", "application/json", "{}"}).value().status == 200);
    const TransportResponse answer = exchange.exchange(who).value();
    CHECK(answer.status == 200);
    CHECK(answer.content_type == "application/json");
    CHECK(member(answer.body, "account") == "demo");

    HttpExchange restarted(endpoint_of(*service), std::make_shared<CookieJar>(clock, data / "session"));
    CHECK(restarted.exchange(who).value().status == 200);
    CHECK(exchange.exchange({"DELETE", "/api/v1/session", "", ""}).value().status == 204);
    CHECK(cookies->header().empty());
    CHECK(exchange.exchange(who).value().status == 401);
}

TEST_CASE("the live feed pokes when it opens, with news, and again after the server was away") {
    const testing::TemporaryFolder data;
    Service service = serve(data.path());
    const http::Endpoint endpoint = endpoint_of(*service);
    const std::string policy = testing::sample_policy();
    REQUIRE(ask_as_owner(data.path(), "POST", "/api/v1/projects", concat(R"({"id":"city","policy":)", policy, '}'),
                         "application/json") == 201);
    native::SystemClock clock;
    native::SystemEntropy entropy;
    const auto cookies = std::make_shared<CookieJar>(clock, "");
    HttpExchange exchange(endpoint, cookies);
    REQUIRE(exchange.exchange({"POST", "/api/v1/session/demo", "application/json", "{}"}).value().status == 200);

    Inbox inbox;
    int pokes = 0;
    HttpLiveFeed feed(endpoint, cookies, inbox, entropy, [&] { ++pokes; },
                      {std::chrono::milliseconds(1), std::chrono::milliseconds(20)});
    feed.follow("/api/v1/projects/city/live");
    REQUIRE(wait_until(inbox, [&] { return pokes == 1; }));
    REQUIRE(ask_as_owner(data.path(), "POST", "/api/v1/projects/city/predictions",
                         testing::sample_line("m1", "A hole", "pothole", "0.5"), "application/jsonl") == 200);
    REQUIRE(wait_until(inbox, [&] { return pokes == 2; }));

    service.reset();
    service = serve(data.path(), endpoint.port);
    REQUIRE(wait_until(inbox, [&] { return pokes == 3; }));

    feed.follow("");
    REQUIRE(ask_as_owner(data.path(), "POST", "/api/v1/projects/city/predictions",
                         testing::sample_line("m2", "Another", "pothole", "0.5"), "application/jsonl") == 200);
    feed.follow("/api/v1/projects/city/live");
    REQUIRE(wait_until(inbox, [&] { return pokes == 4; }));
}

TEST_CASE("a folder is asked by function call, in the name of whoever opened it") {
    const testing::TemporaryFolder data;
    native::SystemClock clock;
    const auto open = [&] {
        auto folder = native::DataFolder::open(data.path());
        return native::LocalApi::open(folder.value(), "a test");
    };
    const TransportRequest who{"GET", "/api/v1/session", "", ""};
    {
        FolderExchange exchange(open().value(), std::make_shared<CookieJar>(clock, ""));
        CHECK(exchange.exchange(who).value().status == 401);
        REQUIRE(exchange.sign_in(ActorId("ada")).ok());
        CHECK(member(exchange.exchange(who).value().body, "account") == "ada");
        CHECK(member(exchange.exchange(who).value().body, "role") == "lead");

        const auto second = open();
        CHECK(second.error().code == ErrorCode::unavailable);
        CHECK(second.error().message.find("is in use by a test (process ") != std::string::npos);

        CHECK(exchange.exchange({"DELETE", "/api/v1/session", "", ""}).value().status == 204);
        CHECK(exchange.exchange(who).value().status == 401);
        CHECK(exchange.exchange({"GET", "/api/v1/projects?limit=%2", "", ""}).error().code ==
              ErrorCode::invalid_argument);
    }
    FolderExchange again(open().value(), std::make_shared<CookieJar>(clock, ""));
    REQUIRE(again.sign_in(ActorId("ada")).ok());
    CHECK(member(again.exchange(who).value().body, "account") == "ada");
}

TEST_CASE("a local request is read as a server reads it") {
    const api::RequestHead head = native::local_head("GET", "/api/v1/x%20y?a=1%2B2&b=c+d&e").value();
    CHECK(head.path == "/api/v1/x y");
    CHECK(head.parameter("a") == "1+2");
    CHECK(head.parameter("b") == "c d");
    CHECK(head.parameter("e") == "");
    for (const char* wrong : {"", "no slash", "/a%2", "/a/../b", "/a?b=%zz"}) {
        CHECK(native::local_head("GET", wrong).error().code == ErrorCode::invalid_argument);
    }
}
