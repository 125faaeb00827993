// What a hello finds out: whether a device and the server agree, and what to do when they do not.

#include <catch_amalgamated.hpp>

#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

struct City {
    City() { set_up_city(server); }

    TestServer server;
    Hand ada{server};
};

std::string compared(const Json& answer) {
    return answer.find("stream")->text_of("compared");
}

int64_t head(const Json& answer) {
    return *answer.find("stream")->find("head")->find("seq")->integer();
}

std::vector<std::string> texts(const Json* list) {
    std::vector<std::string> out;
    for (const Json& one : *list->array()) {
        out.push_back(*one.string());
    }
    return out;
}

}  // namespace

TEST_CASE("a stream is new once, then the same; one that the server is behind of goes on from there") {
    City city;
    CHECK(compared(city.ada.hello()) == "new");
    CHECK(compared(city.ada.hello()) == "same");
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    const Json behind = city.ada.hello();
    CHECK(compared(behind) == "server_behind");
    CHECK(head(behind) == 0);
    city.ada.push();
    CHECK(compared(city.ada.hello()) == "same");
    CHECK(head(city.ada.hello()) == 1);
}

TEST_CASE("a stream does not become somebody's who has signed in meanwhile, in another window") {
    City city;
    city.server.sign_in("ben", "reviewer");
    const std::string body = R"({"account":"ada",)" + city.ada.hello_body().substr(1);
    const TestServer::Answer answer = city.server.ask("POST", "/api/v1/projects/city/hello", body);
    CHECK(answer.status == 403);
    CHECK(answer.body.find("signed in is 'ben'") != std::string::npos);
    CHECK(compared(city.ada.hello()) == "new");
}

TEST_CASE("a device whose store was put back to an older state is told which items the server has besides") {
    City city;
    city.ada.hello();
    const Hand before = city.ada;
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    city.ada.push();
    Hand put_back = before;
    const Json answer = put_back.hello();
    CHECK(compared(answer) == "server_ahead");
    CHECK(texts(answer.find("stream")->find("beyond")) == std::vector<std::string>{"msg-1", "msg-2"});
}

TEST_CASE("two copies of a device that both went on are on branches of one stream") {
    City city;
    city.ada.hello();
    Hand copy = city.ada;
    copy.entropy = SeededEntropy(99);
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    city.ada.push();
    copy.seal("msg-2", copy.review("msg-2"));
    const Json answer = copy.hello();
    CHECK(compared(answer) == "other_branch");
    CHECK(texts(answer.find("stream")->find("beyond")).empty());
    copy.push();
    CHECK(copy.hello().find("stream")->text_of("state") == "forked");
}

TEST_CASE("a browser whose store was thrown away is told which decisions were lost with it, once") {
    City city;
    city.ada.hello();
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    city.ada.seal("msg-2", city.ada.review("msg-2"));
    city.ada.hello();       // announces two that are never sent
    Hand again = city.ada;  // the same browser with its cookies, another store
    again.device = DeviceId(std::string(32, 'e'));
    again.stream = StreamId(again.device.text + "." + std::string(16, 'e'));
    again.head = {};
    again.batch();
    again.head = {};
    const Json answer = again.hello();
    REQUIRE(answer.find("lost")->array()->size() == 1);
    const Json lost = (*answer.find("lost")->array())[0];
    CHECK(*lost.find("announced")->integer() == 2);
    CHECK(*lost.find("received")->integer() == 0);
    CHECK(texts(lost.find("items")) == std::vector<std::string>{"msg-1", "msg-2"});
    CHECK(again.hello().find("lost")->array()->empty());
    city.server.sign_in("lea", "lead");
    CHECK(city.server.ask("GET", "/api/v1/projects/city/incidents").body.find("work_lost") != std::string::npos);
    // What turns up later is taken all the same.
    city.ada.push();
    CHECK(city.ada.state("msg-1").resolution.status == ItemStatus::resolved);
}

TEST_CASE("nobody else's stream, no other key, no malformed hello") {
    City city;
    city.ada.hello();
    const auto status = [&](const std::string& body, std::string_view account) {
        city.server.sign_in(account, "reviewer");
        const TestServer::Answer answer = city.server.ask("POST", "/api/v1/projects/city/hello", body);
        return std::pair(answer.status, parse_json(answer.body).value().text_of("field"));
    };
    const std::string good = city.ada.hello_body();
    CHECK(status(good, "ben") == std::pair(403, std::string("stream")));
    Hand other(city.server, "ada", 77);
    std::string other_key = good;
    const size_t at = other_key.find("\"key\":\"") + 7;
    const std::string its = other.hello_body();
    other_key.replace(at, 64, its.substr(its.find("\"key\":\"") + 7, 64));
    CHECK(status(other_key, "ada") == std::pair(403, std::string("stream")));
    for (const auto& [from, to, field] :
         {std::tuple{"\"key\":\"", "\"key\":\"00", "key"}, std::tuple{"\"seq\":0", "\"seq\":-1", "head.seq"},
          std::tuple{"\"waiting\":[]", "\"waiting\":7", "waiting"},
          std::tuple{"\"stream\":\"", "\"stream\":\"x", "stream"},
          std::tuple{"{\"device\"", "{\"more\":1,\"device\"", "more"}}) {
        std::string body = Hand(city.server, "ada", 78).hello_body();
        body.replace(body.find(from), std::string_view(from).size(), to);
        INFO(body);
        CHECK(status(body, "ada") == std::pair(400, std::string(field)));
    }
    city.server.sign_in("root", "admin");
    const TestServer::Answer token = city.server.ask(
        "POST", "/api/v1/tokens", R"({"name":"pipeline","role":"model_owner","project":"city","expires_in":"1d"})");
    INFO(token.body);
    city.server.sign_out();
    city.server.use_token(parse_json(token.body).value().text_of("token"));
    CHECK(city.server.ask("POST", "/api/v1/projects/city/hello", good).status == 403);
}
