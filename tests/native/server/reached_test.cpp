// Each limit and rate on a real server: reached, answered with its status, and said in words (tests/cases/limits).

#include <filesystem>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/json/writer.h"
#include "native/http/client.h"
#include "native/server/data_folder.h"
#include "native/server/serve.h"
#include "tests/native/http/raw_cases.h"
#include "tests/support/cases.h"
#include "tests/support/server.h"
#include "tests/support/temporary_folder.h"

using namespace countersign;
using namespace countersign::native;
using namespace countersign::testing;

namespace {

// A data folder with project, reviewer, administrator and service token, served again for each case.
class House {
public:
    House() {
        const auto service = serve({});
        const std::string owner = owner_token();
        post(*service, "/api/v1/projects", concat(R"({"id":"city","name":"City","policy":)", sample_policy(), "}"),
             owner);
        for (const auto& [name, role] : {std::pair{"ada", "reviewer"}, {"ben", "admin"}}) {
            post(*service, "/api/v1/accounts",
                 concat(R"({"account":")", name, R"(","role":")", role, R"(","password":"correct horse"})"), owner);
        }
        const std::string token =
            post(*service, "/api/v1/tokens", R"({"name":"pipeline","role":"model_owner"})", owner);
        pipeline_ = parse_json(token).value().text_of("token");
        for (const char* const name : {"ada", "ben"}) {
            http::Client client(http::parse_endpoint(service->address()).value());
            const auto answer =
                client.send({.method = "POST",
                             .target = "/api/v1/session",
                             .body = concat(R"({"account":")", name, R"(","password":"correct horse"})")});
            const std::string_view cookie = answer.value().header("set-cookie");
            cookies_.emplace_back(name, cookie.substr(0, cookie.find(';')));
        }
    }

    std::unique_ptr<RunningService> serve(const ServeLimits& limits, bool behind_proxy = false) const {
        ServeOptions options;
        options.data = folder_.path();
        options.port = 0;
        options.limits = limits;
        if (behind_proxy) {
            options.trusted_proxies = {"127.0.0.1"};
        }
        auto started = RunningService::start(options);
        INFO((started.ok() ? std::string() : started.error().text()));
        REQUIRE(started.ok());
        return std::move(started).value();
    }

    // The header by which somebody is known; none for nobody.
    std::vector<api::Header> headers_of(std::string_view who) const {
        if (who == "owner") {
            return {{"authorization", "Bearer " + owner_token()}};
        }
        if (who == "pipeline") {
            return {{"authorization", "Bearer " + pipeline_}};
        }
        for (const auto& [name, cookie] : cookies_) {
            if (name == who) {
                return {{"cookie", cookie}};
            }
        }
        return {};
    }

private:
    std::string owner_token() const { return DataFolder::open(folder_.path()).value().announced().value().token; }

    static std::string post(const RunningService& service, std::string target, std::string body,
                            const std::string& token) {
        http::Client client(http::parse_endpoint(service.address()).value());
        const auto answer = client.send({.method = "POST",
                                         .target = std::move(target),
                                         .headers = {{"authorization", "Bearer " + token}},
                                         .body = std::move(body)});
        INFO(answer.value().body);
        REQUIRE(answer.value().status / 100 == 2);
        return answer.value().body;
    }

    TemporaryFolder folder_;
    std::string pipeline_;
    std::vector<std::pair<std::string, std::string>> cookies_;
};

// A connection that is in use: it has had an answer.
std::unique_ptr<http::Client> held(const RunningService& service) {
    auto client = std::make_unique<http::Client>(http::parse_endpoint(service.address()).value());
    REQUIRE(client->send({.target = "/healthz"}).value().status == 200);
    return client;
}

int64_t number_of(const Json& one, std::string_view name, int64_t otherwise) {
    const Json* value = one.find(name);
    return value == nullptr ? otherwise : *value->integer();
}

http::ClientRequest request_of(const Json& one, const House& house) {
    http::ClientRequest request;
    request.method = one.find("method") == nullptr ? "GET" : one.text_of("method");
    request.target = http::test::expand(one.text_of("path"));
    request.headers = house.headers_of(one.text_of("as"));
    if (request.method != "GET") {
        request.headers.emplace_back("content-type",
                                     one.find("type") == nullptr ? "application/json" : one.text_of("type"));
    }
    if (one.find("header") != nullptr) {
        request.headers.emplace_back("x-more", http::test::expand(one.text_of("header")));
    }
    request.body = http::test::expand(one.text_of("body"));
    return request;
}

std::string metrics_of(const RunningService& service) {
    http::Client client(http::parse_endpoint(service.address()).value());
    return client.send({.target = "/metrics"}).value().body;
}

}  // namespace

TEST_CASE("each limit stops what it should, and says so") {
    const House house;
    const Json cases = parse_json(read_case("limits/reached.json")).value();
    REQUIRE(cases.array()->size() >= 30);
    for (const Json& one : *cases.array()) {
        INFO(to_text(one));
        const auto limits = read_limits(to_text(*one.find("set")));
        REQUIRE(limits.ok());
        const auto service = house.serve(limits.value());
        std::vector<std::unique_ptr<http::Client>> others;
        for (int64_t i = 0; i < number_of(one, "hold", 0); ++i) {
            others.push_back(held(*service));
        }
        http::Client client(http::parse_endpoint(service->address()).value());
        const int64_t times = number_of(one, "times", 1);
        for (int64_t i = 1; i <= times; ++i) {
            const auto answer = client.send(request_of(one, house));
            REQUIRE(answer.ok());
            INFO(answer.value().status << ' ' << answer.value().body);
            if (i < times) {
                REQUIRE(answer.value().status != 429);
                continue;
            }
            CHECK(answer.value().status == number_of(one, "status", 0));
            CHECK(answer.value().body.find(one.text_of("says")) != std::string::npos);
            if (one.find("retry_after") != nullptr) {
                CHECK(answer.value().header("retry-after") == one.text_of("retry_after"));
            }
            if (answer.value().status == 429 && one.text_of("limit").starts_with("rates.")) {
                CHECK_FALSE(answer.value().header("retry-after").empty());
                CHECK(parse_json(answer.value().body).value().text_of("field") == one.text_of("limit"));
            }
        }
    }
}

TEST_CASE("refusals are counted, and who is refused takes nothing from others") {
    const House house;
    const auto limits = read_limits(R"({"rates":{"reads":{"account":{"count":2,"per":"1h","burst":2}}}})").value();
    const auto service = house.serve(limits);
    http::Client client(http::parse_endpoint(service->address()).value());
    const auto read_as = [&](std::string_view who) {
        return client.send({.target = "/api/v1/projects", .headers = house.headers_of(who)}).value().status;
    };
    CHECK(read_as("ada") == 200);
    CHECK(read_as("ada") == 200);
    CHECK(read_as("ada") == 429);
    CHECK(read_as("ada") == 429);
    CHECK(read_as("ben") == 200);
    CHECK(read_as("pipeline") == 200);
    const std::string page = metrics_of(*service);
    CHECK(page.find("countersign_rate_refused_total{traffic=\"reads\",whose=\"account\"} 2\n") != std::string::npos);
    CHECK(page.find("countersign_rate_remembered 3\n") != std::string::npos);
}

TEST_CASE("behind a proxy the address that counts is the client's, and of IPv6 its network") {
    const House house;
    const auto limits = read_limits(R"({"rates":{"reads":{"address":{"count":2,"per":"1h","burst":2}}}})").value();
    const auto service = house.serve(limits, true);
    http::Client client(http::parse_endpoint(service->address()).value());
    const auto read_from = [&](std::string_view address) {
        return client.send({.target = "/api/v1/server", .headers = {{"x-forwarded-for", std::string(address)}}})
            .value()
            .status;
    };
    CHECK(read_from("203.0.113.7") == 200);
    CHECK(read_from("203.0.113.7") == 200);
    CHECK(read_from("203.0.113.7") == 429);
    CHECK(read_from("::ffff:203.0.113.7") == 429);
    CHECK(read_from("203.0.113.8") == 200);
    CHECK(read_from("2001:db8:1:2::1") == 200);
    CHECK(read_from("2001:db8:1:2:ffff::9") == 200);
    CHECK(read_from("2001:db8:1:2:3::9") == 429);
    CHECK(read_from("2001:db8:1:3::1") == 200);
    CHECK(read_from("127.0.0.1") == 200);
}

TEST_CASE("wrong passwords slow down their account and their address; right ones cost the address nothing") {
    const House house;
    const auto limits = read_limits(R"({"http":{"count_loopback":true},"rates":{"sign_ins":{
        "account":{"count":1,"per":"1h","burst":6},"address":{"count":1,"per":"1h","burst":4}}}})")
                            .value();
    const auto service = house.serve(limits);
    http::Client client(http::parse_endpoint(service->address()).value());
    const auto sign_in = [&](std::string_view name, std::string_view password) {
        return client
            .send({.method = "POST",
                   .target = "/api/v1/session",
                   .body = concat(R"({"account":")", name, R"(","password":")", password, R"("})")})
            .value()
            .status;
    };
    for (int i = 0; i < 5; ++i) {
        CHECK(sign_in("ada", "correct horse") == 200);  // more than the address may fail
    }
    CHECK(sign_in("ada", "wrong horse") == 401);
    CHECK(sign_in("ada", "correct horse") == 429);  // six attempts; a right guess must not show
    CHECK(sign_in("ben", "wrong horse") == 401);
    CHECK(sign_in("ben", "correct horse") == 200);
    CHECK(sign_in("nobody", "wrong horse") == 401);
    CHECK(sign_in("ben", "correct horse") == 429);  // ada, ada again, ben, nobody: the address is used up
}
