// A change of a policy over the real API: proposed by one person, read in words, replayed against past items, approved
// by a second one; what was decided under the old policy keeps it.

#include <map>

#include <catch_amalgamated.hpp>

#include "core/api/policy_work.h"
#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/json/writer.h"
#include "core/log/leaf.h"
#include "core/stats/random.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

const std::string kPolicy = "/api/v1/projects/city/policy";
const std::string kProposals = kPolicy + "/proposals";

std::string policy_with(std::string_view from, std::string_view to, std::string bytes = sample_policy()) {
    REQUIRE(bytes.find(from) != std::string::npos);
    return bytes.replace(bytes.find(from), from.size(), to);
}

// A policy whose changes need a second person.
std::string guarded_policy() {
    return policy_with("\"routes\":", R"("changes": {"approval": "second_person"}, "routes":)");
}

std::string stricter_policy() {
    return policy_with("prediction.confidence >= 0.9", "prediction.confidence >= 0.96", guarded_policy());
}

// A city with a guarded policy and two people who may change it, ada and ben.
class City {
public:
    City() { server.create_project("city", guarded_policy()); }

    TestServer::Answer as(const char* account, std::string_view method, const std::string& target,
                          std::string_view body = {}, const char* role = "admin") {
        server.sign_in(account, role);
        return server.ask(method, target, body);
    }

    // Its number.
    int64_t propose(const char* account, const std::string& policy, std::string_view why = "Too much goes through") {
        JsonWriter body;
        body.begin_object().member("policy", policy).member("why", why).end_object();
        const auto answer = as(account, "POST", kProposals, std::move(body).take());
        INFO(answer.body);
        REQUIRE(answer.status == 201);
        return *parse_json(answer.body).value().find("number")->integer();
    }

    TestServer::Answer end(const char* account, int64_t number, std::string_view how, std::string_view body = {}) {
        return as(account, "POST", concat(kProposals, '/', number, '/', how), body);
    }

    Json proposal(int64_t number, std::string_view query = {}, const char* role = "lead") {
        const auto answer = as(role, "GET", concat(kProposals, '/', number, query), {}, role);
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        return parse_json(answer.body).value();
    }

    store::ProjectRow row() { return store::find_project(*server.database, ProjectId("city")).value(); }

    ItemState state(const std::string& id) {
        const int64_t no = store::find_item(*server.database, row(), ItemId(id)).value();
        return store::load_state(*server.database, ItemId(id), no).value();
    }

    std::vector<Event> events() {
        std::vector<Event> out;
        for (const auto& stored : store::read_events(*server.database, row(), 0, 1'000'000).value()) {
            out.push_back(decode_leaf(stored.leaf).value());
        }
        return out;
    }

    TestServer server;
};

int64_t integer(const Json& json, std::string_view name) {
    return *json.find(name)->integer();
}

}  // namespace

TEST_CASE(
    "a change is proposed, read in words, replayed, approved by a second person, and holds for what comes after") {
    City city;
    stats::Random random(7);
    std::map<std::pair<std::string, std::string>, int64_t> expected;
    std::string lines;
    for (int i = 0; i < 400; ++i) {
        const int percent = static_cast<int>(random.below(100));
        lines += sample_line(concat("msg-", i), i % 9 == 0 ? "It smells of gas" : "A hole", "pothole",
                             fixed_text(percent / 100.0, 2));
        // The newest 300, by hand.
        if (i >= 100 && i % 9 != 0 && percent >= 90 && percent < 96) {
            ++expected[{"auto", "quick"}];
        }
    }
    city.server.ingest("city", lines);
    const Digest old_policy = *city.row().policy;

    const int64_t number = city.propose("ada", stricter_policy());
    CHECK(number == 1);
    const Json proposal = city.proposal(number, "?limit=300");
    CHECK(proposal.text_of("state") == "open");
    CHECK(proposal.text_of("proposed_by") == "ada");
    CHECK(proposal.text_of("why") == "Too much goes through");
    REQUIRE(proposal.find("changes")->array()->size() == 1);
    const Json& change = proposal.find("changes")->array()->front();
    CHECK(change.text_of("path") == "routes[1].when");
    CHECK(change.text_of("words") ==
          "route 'sure': the condition was prediction.confidence >= 0.9 and is prediction.confidence >= 0.96");
    const Json& replay = *proposal.find("replay");
    CHECK(integer(replay, "compared") == 300);
    REQUIRE(expected.size() == 1);
    const int64_t moved = expected.begin()->second;
    CHECK(moved > 5);
    CHECK(integer(replay, "moved") == moved);
    CHECK(replay.text_of("words") == concat(moved, " of 300 would move: ", moved, " from auto to quick"));
    CHECK(replay.find("tiers")->array()->front().find("examples")->array()->size() == 5);
    // Nothing has changed by that.
    CHECK(city.row().policy == old_policy);
    // Whoever may not read items is told numbers, not which items.
    CHECK(city.proposal(number, "", "admin").find("replay")->find("tiers")->array()->front().find("examples") ==
          nullptr);

    const auto own = city.end("ada", number, "approve");
    CHECK(own.status == 403);
    CHECK(own.body.find("proposal 1 is yours; another account has to approve it") != std::string::npos);
    CHECK(city.as("lea", "POST", concat(kProposals, "/1/approve"), {}, "lead").status == 403);
    CHECK(city.row().policy == old_policy);

    const auto approved =
        city.end("ben", number, "approve", concat(R"({"policy":")", proposal.text_of("policy"), "\"}"));
    INFO(approved.body);
    REQUIRE(approved.status == 200);
    CHECK(parse_json(approved.body).value().text_of("state") == "approved");
    CHECK(city.row().policy == sha256(stricter_policy()));
    CHECK(city.row().policy_version == 2);
    CHECK(city.as("ada", "GET", kPolicy).body == stricter_policy());

    // One commit: the approval and what follows from it.
    const auto stored = store::read_events(*city.server.database, city.row(), city.row().head_seq - 2, 10).value();
    REQUIRE(stored.size() == 2);
    CHECK_FALSE(stored[0].ends);
    const Event approval = decode_leaf(stored[0].leaf).value();
    CHECK(approval.actor == ActorId("ben"));
    CHECK(std::get<PolicyApproved>(approval.body).number == 1);
    CHECK(std::get<PolicyActivated>(decode_leaf(stored[1].leaf).value().body).version == 2);

    city.server.ingest("city", sample_line("after", "A hole", "pothole", "0.93") +
                                   sample_line("after-sure", "A hole", "pothole", "0.97"));
    CHECK(city.state("msg-1").route().policy == old_policy);
    CHECK(city.state("after").route().policy == sha256(stricter_policy()));
    CHECK(city.state("after").route().tier == "quick");
    CHECK(city.state("after-sure").route().tier == "auto");

    const auto again = city.end("ben", number, "approve");
    CHECK(again.status == 422);
    CHECK(again.body.find("is not open: it was approved by ben") != std::string::npos);
}

TEST_CASE("where changes need a second person nobody brings a policy into force alone, and is told what to do") {
    City city;
    const auto refused = city.as("ada", "PUT", kPolicy, stricter_policy());
    CHECK(refused.status == 422);
    CHECK(refused.body.find("countersign project propose city --file FILE") != std::string::npos);
    CHECK(city.row().policy_version == 1);
    // The same document again changes nothing, so it needs nobody.
    CHECK(city.as("ada", "PUT", kPolicy, guarded_policy()).status == 200);
    // Doing without a second person is a change like any other.
    CHECK(city.as("ada", "PUT", kPolicy, sample_policy()).status == 422);
    REQUIRE(city.end("ben", city.propose("ada", sample_policy()), "approve").status == 200);
    CHECK(city.as("ada", "PUT", kPolicy, stricter_policy()).status == 200);
}

TEST_CASE("a token may propose and never approve, nor may whoever has only the data folder") {
    City city;
    city.server.sign_in("ada", "admin");
    const auto made = city.server.ask("POST", "/api/v1/tokens", R"({"name":"deploy","role":"admin","project":"city"})");
    REQUIRE(made.status == 201);
    const std::string secret = parse_json(made.body).value().text_of("token");
    JsonWriter body;
    body.begin_object().member("policy", stricter_policy()).end_object();
    city.server.sign_out();
    city.server.use_token(secret);
    CHECK(city.server.ask("POST", kProposals, std::move(body).take()).status == 201);
    city.server.use_token("");
    city.propose("ada", policy_with("8h", "4h", guarded_policy()));
    city.server.sign_out();
    city.server.use_token(secret);
    const auto by_token = city.server.ask("POST", kProposals + "/2/approve", "{}");
    CHECK(by_token.status == 403);
    CHECK(by_token.body.find("signed in with an account") != std::string::npos);
    city.server.use_token("folder");
    city.server.settings.local_token = sha256("folder");
    CHECK(city.server.ask("POST", kProposals + "/2/approve", "{}").status == 403);
    city.server.use_token("");
    CHECK(city.row().policy_version == 1);
}

TEST_CASE("a newer proposal replaces the open one, which nobody can approve then; a withdrawn one neither") {
    City city;
    city.propose("ada", stricter_policy());
    const int64_t second = city.propose("ben", policy_with("8h", "4h", guarded_policy()), "");
    CHECK(second == 2);
    CHECK(integer(city.proposal(2), "replaces") == 1);
    CHECK(city.proposal(1).text_of("state") == "replaced");
    CHECK(city.proposal(1).find("ended")->text_of("why") == "proposal 2 replaces it");
    CHECK(city.end("ben", 1, "approve").status == 422);
    const auto withdrawn = city.end("ben", 2, "withdraw", R"({"why":"Not yet"})");
    REQUIRE(withdrawn.status == 200);
    CHECK(parse_json(withdrawn.body).value().find("ended")->text_of("why") == "Not yet");
    CHECK(city.end("ada", 2, "approve").status == 422);
    CHECK(city.end("ada", 2, "withdraw").status == 422);
    const Json list = parse_json(city.as("lea", "GET", kProposals, {}, "lead").body).value();
    CHECK(list.find("open") == nullptr);
    REQUIRE(list.find("proposals")->array()->size() == 2);
    const Json& newest = list.find("proposals")->array()->front();
    CHECK(integer(newest, "number") == 2);
    CHECK(newest.find("changes")->array()->front().text_of("words") == "tier 'quick': the due time was 8h and is 4h");
    CHECK(city.row().policy_version == 1);
}

TEST_CASE("what is proposed must load, differ from what is in force, and be what the approver has seen") {
    City city;
    JsonWriter wrong;
    wrong.begin_object().member("policy", policy_with("\"tier\": \"auto\"", "\"tier\": \"auto2\"")).end_object();
    const auto refused = city.as("ada", "POST", kProposals, std::move(wrong).take());
    CHECK(refused.status == 400);
    CHECK(refused.body.find(R"("field":"policy.routes[1].tier")") != std::string::npos);
    JsonWriter same;
    same.begin_object().member("policy", guarded_policy()).end_object();
    CHECK(city.as("ada", "POST", kProposals, std::move(same).take()).body.find("is in force already") !=
          std::string::npos);
    CHECK(city.as("ada", "GET", kProposals + "/1").status == 404);
    CHECK(city.as("ada", "GET", kProposals + "/none").status == 404);
    CHECK(city.end("ben", 3, "approve").body.find("nobody has proposed anything") != std::string::npos);
    const int64_t number = city.propose("ada", stricter_policy());
    const auto other = city.end("ben", number, "approve", concat(R"({"policy":")", to_hex(sha256("x")), "\"}"));
    CHECK(other.status == 409);
    CHECK(city.as("lea", "GET", concat(kProposals, "/1?limit=20001"), {}, "lead").status == 400);
    CHECK(city.row().policy_version == 1);
}

TEST_CASE("where one person is enough the policy may become another meanwhile: the proposal is outdated then") {
    TestServer server;
    server.create_project("city", sample_policy());
    server.sign_in("ada", "admin");
    JsonWriter body;
    body.begin_object().member("policy", stricter_policy()).end_object();
    REQUIRE(server.ask("POST", kProposals, std::move(body).take()).status == 201);
    REQUIRE(server.ask("PUT", kPolicy, policy_with("8h", "4h")).status == 200);
    CHECK(server.ask("GET", kProposals + "/1").body.find(R"("outdated":true)") != std::string::npos);
    server.sign_in("ben", "admin");
    const auto refused = server.ask("POST", kProposals + "/1/approve", "{}");
    CHECK(refused.status == 422);
    CHECK(refused.body.find("propose it anew") != std::string::npos);
}

TEST_CASE("erased items are counted apart by a replay") {
    City city;
    city.server.ingest("city",
                       sample_line("a", "A hole", "pothole", "0.93") + sample_line("b", "A hole", "pothole", "0.93"));
    const int64_t number = city.propose("ada", stricter_policy());
    const auto erased = city.as("root", "POST", "/api/v1/projects/city/erase", R"({"item":"a","ground":"request"})");
    INFO(erased.body);
    REQUIRE(erased.status == 200);
    const Json replay = *city.proposal(number).find("replay");
    CHECK(replay.text_of("words") == "1 of 1 would move: 1 from auto to quick; 1 not compared: their text was erased");
    CHECK(integer(replay, "erased") == 1);
}

TEST_CASE("proposals are nothing but events: another process over the same store says the same, and can approve") {
    City city;
    city.propose("ada", stricter_policy());
    const std::string before = city.as("lea", "GET", kProposals, {}, "lead").body;
    city.server.database = copy_of(*city.server.database);
    city.server.policies = {};
    CHECK(city.as("lea", "GET", kProposals, {}, "lead").body == before);
    std::vector<std::string> types;
    for (const Event& event : city.events()) {
        types.emplace_back(event_type(event.body));
        if (const auto* proposed = std::get_if<PolicyProposed>(&event.body)) {
            CHECK(event.actor == ActorId("ada"));
            CHECK(proposed->policy == sha256(stricter_policy()));
            CHECK(proposed->base == sha256(guarded_policy()));
            CHECK(proposed->changes ==
                  std::vector<std::string>{"route 'sure': the condition was prediction.confidence >= 0.9 and is "
                                           "prediction.confidence >= 0.96"});
        }
    }
    CHECK(types == std::vector<std::string>{"project_created", "policy_activated", "policy_proposed"});
    CHECK(city.end("ben", 1, "approve").status == 200);
}

TEST_CASE(
    "a change of very many things is proposed all the same: the log tells the first ones and how many there are") {
    City city;
    std::string labels;
    for (int i = 0; i < 900; ++i) {
        labels += concat(R"({"id": "label-)", i, R"(", "description": ")", std::string(500, 'x'), "\"}, ");
    }
    const int64_t number =
        city.propose("ada", policy_with("\"labels\": [", concat("\"labels\": [", labels), guarded_policy()));
    CHECK(city.proposal(number).find("changes")->array()->size() == 900);
    const auto proposed = std::get<PolicyProposed>(city.events().back().body);
    CHECK(proposed.changes.size() == 40);
    CHECK(proposed.more_changes == 860);
}
