// Leases over the API: for one item, for a pack to take along, and how they end.

#include <catch_amalgamated.hpp>

#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

const std::string kPath = "/api/v1/projects/city/leases";

struct City {
    City() {
        set_up_city(server);
        ada.hello();
        ben.hello();
    }

    Json take(Hand& who, const std::string& rest, int status = 200) {
        who.sign_in();
        const TestServer::Answer answer =
            server.ask("POST", kPath, R"({"stream":")" + who.stream.text + "\"," + rest + "}");
        INFO(answer.body);
        CHECK(answer.status == status);
        return parse_json(answer.body).value();
    }

    TestServer server;
    Hand ada{server, "ada", 5};
    Hand ben{server, "ben", 6};
};

std::string lease_json(const Json& taken) {
    return R"({"leases":[{"item":"msg-1","slot":0,"fence":")" + (*taken.find("leases")->array())[0].text_of("fence") +
           R"("}]})";
}

}  // namespace

TEST_CASE("an item is one person's for half an hour, is renewed by asking again, and then another's") {
    City city;
    const Json first = city.take(city.ada, R"("items":["msg-1"])");
    REQUIRE(first.find("leases")->array()->size() == 1);
    CHECK(*(*first.find("leases")->array())[0].find("ttl_ms")->integer() == 30 * 60 * 1'000);
    const Json refused = city.take(city.ben, R"("items":["msg-1","none"])");
    REQUIRE(refused.find("refused")->array()->size() == 2);
    CHECK((*refused.find("refused")->array())[0].text_of("reason").find("'ada'") != std::string::npos);
    city.server.clock.advance(Duration{20 * kMinute_us});
    const Json renewed = city.take(city.ada, R"("items":["msg-1"])");
    CHECK((*renewed.find("leases")->array())[0].text_of("fence") ==
          (*first.find("leases")->array())[0].text_of("fence"));
    city.server.clock.advance(Duration{31 * kMinute_us});
    const Json passed = city.take(city.ben, R"("items":["msg-1"])");
    CHECK(passed.find("leases")->array()->size() == 1);
    city.server.sign_in("lea", "lead");
    const Json running = parse_json(city.server.ask("GET", kPath).body).value();
    REQUIRE(running.find("leases")->array()->size() == 1);
    CHECK((*running.find("leases")->array())[0].text_of("holder") == "ben");
}

TEST_CASE("a pack to take along leases what is free, for hours or days, and says how much it was") {
    City city;
    city.take(city.ben, R"("items":["msg-1"])");
    const Json pack = city.take(city.ada, R"("take":25,"for":"8h")");
    REQUIRE(pack.find("leases")->array()->size() == 1);
    CHECK((*pack.find("leases")->array())[0].text_of("item") == "msg-2");
    CHECK(city.ada.state("msg-2").slots.front().offline);
    CHECK(city.take(city.ada, R"("take":25,"for":"60d")", 400).text_of("field") == "for");
    CHECK(city.take(city.ada, R"("take":2500)", 400).text_of("field") == "take");
    CHECK(city.take(city.ada, R"("items":[],"take":0)", 400).text_of("code") == "invalid_argument");
}

TEST_CASE("a lease is given back by its holder or taken away by a lead, by nobody else") {
    City city;
    const std::string first = lease_json(city.take(city.ada, R"("items":["msg-1"])"));
    city.ben.sign_in();
    CHECK(city.server.ask("POST", kPath + "/end", first).status == 403);
    city.ada.sign_in();
    CHECK(city.server.ask("POST", kPath + "/end", first).status == 204);
    CHECK(city.server.ask("POST", kPath + "/end", first).status == 204);  // over already
    const std::string second = lease_json(city.take(city.ben, R"("items":["msg-1"])"));
    CHECK(second != first);
    city.server.sign_in("lea", "lead");
    CHECK(city.server.ask("POST", kPath + "/end", second).status == 204);
    CHECK(city.ada.state("msg-1").slots.front().ended);
}

TEST_CASE("a decision made under a lease that passed on keeps what it was made under") {
    City city;
    const Json taken = city.take(city.ada, R"("items":["msg-1"])");
    SubmitReview late = city.ada.review("msg-1");
    late.lease = LeaseRef{0, parse_fence((*taken.find("leases")->array())[0].text_of("fence")).value()};
    city.server.clock.advance(Duration{kHour_us});
    const Json ben = city.take(city.ben, R"("items":["msg-1"])");
    SubmitReview now = city.ben.review("msg-1");
    now.draft.verdict = Verdict::reject;
    now.lease = LeaseRef{0, parse_fence((*ben.find("leases")->array())[0].text_of("fence")).value()};
    city.ben.seal("msg-1", now);
    city.ben.push();
    city.ada.seal("msg-1", late);
    city.ada.push();
    const ItemState state = city.ada.state("msg-1");
    CHECK(state.resolution.verdict == Verdict::reject);
    CHECK(state.reviews[1].standing == DecisionStanding::extra);
    CHECK(state.reviews[1].reason == StandingReason::lower_fence);
}
