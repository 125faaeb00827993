// A project with staff: who may have what, who gets what, and what is said of it.

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

const std::string kProject = "/api/v1/projects/city";

// Ten items; every second one is Spanish, the last one is from the north.
struct Town {
    Town() {
        server.create_project("city", sample_policy());
        std::string lines;
        for (int i = 0; i < 10; ++i) {
            lines += concat(R"({"id":"m-)", i, R"(","input":{"text":"a hole in street )", i,
                            R"("},"metadata":{"language":")", i % 2 == 1 ? "es" : "de", R"(","district":")",
                            i == 9 ? "north" : "south",
                            R"("},"prediction":{"model":"topics-1","label":"pothole","confidence":0.7}})", "\n");
        }
        server.ingest("city", lines);
        for (Hand* hand : {&ana, &bo}) {
            server.sign_in(hand->account.text, "reviewer");
            hand->hello();
        }
    }

    TestServer::Answer set(const std::string& people, const std::string& tiers = R"("quick":{"seconds":30})") {
        server.sign_in("amy", "admin");
        return server.ask(
            "PUT", kProject + "/staff",
            concat(R"({"format":"countersign-staff-1","people":)", people,
                   R"(,"work":{"language":"metadata.language","source":"metadata.district","tiers":{)", tiers, "}}}"));
    }

    Json take(Hand& who, const std::string& rest) {
        who.sign_in();
        const TestServer::Answer answer =
            server.ask("POST", kProject + "/leases", R"({"stream":")" + who.stream.text + "\"," + rest + "}");
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return parse_json(answer.body).value();
    }

    static std::vector<std::string> items(const Json& taken) {
        std::vector<std::string> out;
        for (const Json& lease : *taken.find("leases")->array()) {
            out.push_back(lease.text_of("item"));
        }
        return out;
    }

    Json plan(const std::string& query = {}) {
        server.sign_in("lea", "lead");
        const TestServer::Answer answer = server.ask("GET", kProject + "/plan" + query);
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return parse_json(answer.body).value();
    }

    TestServer server;
    Hand ana{server, "ana", 5};
    Hand bo{server, "bo", 6};
};

const std::string kBoth = R"([{"account":"ana","languages":["de","es"]},{"account":"bo","languages":["de"]}])";

bool spanish(const std::string& item) {
    return (item.back() - '0') % 2 == 1;
}

}  // namespace

TEST_CASE("who asks for work gets what he may review, and what others need him for first") {
    Town town;
    REQUIRE(town.set(kBoth).status == 200);
    const auto bo = Town::items(town.take(town.bo, R"("take":10)"));
    CHECK(bo.size() == 5);
    CHECK(std::none_of(bo.begin(), bo.end(), spanish));
    const auto ana = Town::items(town.take(town.ana, R"("take":10)"));
    CHECK(ana.size() == 5);  // what is left
    CHECK(std::all_of(ana.begin(), ana.end(), spanish));
}

TEST_CASE("a lease of an item that one may not review is refused with the reason") {
    Town town;
    REQUIRE(town.set(R"([{"account":"ana","languages":["de","es"],"conflicts":{"sources":["north"]}},
                         {"account":"bo","languages":["de"],"skills":{"gas":1}}])",
                     R"("quick":{"skills":{"gas":2}})")
                .status == 200);
    const Json bo = town.take(town.bo, R"("items":["m-1"])");
    REQUIRE(bo.find("refused")->array()->size() == 1);
    CHECK((*bo.find("refused")->array())[0].text_of("reason") ==
          "bo has skill 'gas' at level 1, not 2; does not read language 'es'");
    const Json ana = town.take(town.ana, R"("items":["m-9"])");
    CHECK((*ana.find("refused")->array())[0].text_of("reason") ==
          "ana lacks skill 'gas' at level 2; has a conflict of interest with source 'north'");
}

TEST_CASE("who is not listed may have what asks for nothing, and a project without staff gives what is due first") {
    Town town;
    CHECK(Town::items(town.take(town.bo, R"("take":3)")) == std::vector<std::string>{"m-0", "m-1", "m-2"});
    REQUIRE(town.set(R"([{"account":"ana","languages":["de","es"]}])").status == 200);
    CHECK(Town::items(town.take(town.bo, R"("take":3)")).empty());  // all have a language
}

TEST_CASE("a pack to take along holds what one means to work, and nobody else gets it") {
    Town town;
    REQUIRE(town.set(kBoth).status == 200);
    const auto pack = Town::items(town.take(town.ana, R"("take":4,"for":"4h")"));
    CHECK(pack.size() == 4);
    for (const std::string& item : Town::items(town.take(town.bo, R"("take":10)"))) {
        CHECK(std::find(pack.begin(), pack.end(), item) == pack.end());
    }
}

TEST_CASE("a lead sees who would get what and why, and what nobody may have") {
    Town town;
    REQUIRE(town.set(R"([{"account":"bo","languages":["de"]}])").status == 200);
    const Json plan = town.plan();
    CHECK(plan.find("assignments")->array()->size() == 5);
    REQUIRE(plan.find("unfilled")->array()->size() == 5);
    const Json& first = plan.find("unfilled")->array()->front();
    CHECK(first.text_of("item") == "m-1");
    CHECK(to_text(*first.find("words")).find("bo does not read language 'es'") != std::string::npos);
    REQUIRE(town.set(kBoth).status == 200);
    const Json of_ana = town.plan("?reviewer=ana");
    CHECK(!of_ana.find("assignments")->array()->empty());
    for (const Json& one : *of_ana.find("assignments")->array()) {
        CHECK(one.text_of("reviewer") == "ana");
        CHECK(one.find("words")->array()->front().string()->starts_with("ana: "));
    }
    CHECK(town.server.ask("GET", kProject + "/plan?reviewer=eve").status == 404);
}

TEST_CASE("staff is set by whoever manages the project, version by version, and names only what there is") {
    Town town;
    town.server.sign_in("lea", "lead");
    CHECK(town.server.ask("GET", kProject + "/staff").status == 404);
    CHECK(town.server.ask("GET", kProject + "/plan").status == 404);
    CHECK(town.server.ask("PUT", kProject + "/staff", "{}").status == 403);
    const auto slip = town.set(R"([{"account":"anna"}])");
    CHECK(slip.status == 400);
    CHECK(slip.body.find("there is no account 'anna'; did you mean 'ana'?") != std::string::npos);
    const auto tier = town.set("[]", R"("quik":{})");
    CHECK(tier.status == 400);
    CHECK(tier.body.find("the policy has no tier 'quik'; did you mean 'quick'?") != std::string::npos);
    CHECK(town.set(kBoth).status == 200);
    CHECK(town.set(R"([{"account":"ana"}])").status == 200);
    town.server.sign_in("lea", "lead");
    const Json now = parse_json(town.server.ask("GET", kProject + "/staff").body).value();
    CHECK(*now.find("version")->integer() == 2);
    CHECK(now.text_of("set_by") == "amy");
    CHECK(now.at_path("staff")->find("people")->array()->size() == 1);
}

TEST_CASE("an item on which two disagree is planned for somebody who has not reviewed it") {
    Town town;
    REQUIRE(
        town.set(R"([{"account":"ana","languages":["de","es"]},{"account":"bo","languages":["de","es"]}])").status ==
        200);
    SubmitReview help = town.ana.review("m-0");
    help.draft.verdict = Verdict::escalate;
    town.ana.seal("m-0", help);
    REQUIRE(town.ana.push().status == 200);
    const Json plan = town.plan();
    const auto of = [&](const std::string& item) {
        for (const Json& one : *plan.find("assignments")->array()) {
            if (one.text_of("item") == item) {
                return one.text_of("reviewer");
            }
        }
        return std::string();
    };
    CHECK(of("m-0") == "bo");
}
