// The life of a tier that promises: closed, evidence, open, audited, closed by its own alarm. Over the real API and
// store; reviewers decide by a truth that only the test knows.

#include <map>

#include <catch_amalgamated.hpp>

#include "core/audit/coin.h"
#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/json/number.h"
#include "core/rebuild/compare.h"
#include "core/rebuild/rebuild.h"
#include "core/stats/random.h"
#include "core/store/items.h"
#include "core/store/ledger.h"
#include "core/store/tiers.h"
#include "core/tiers/keys.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::string policy_with(std::string_view promise) {
    return concat(R"json({"format":"countersign-policy-1","name":"City",
        "task":{"type":"single_label","question":"Which department must act?"},
        "labels":[{"id":"pothole"},{"id":"drain"}],
        "tiers":[{"id":"auto","kind":"auto","promise":)json",
                  promise, R"json(},{"id":"quick","kind":"quick","due":"8h"}],
        "routes":[{"id":"gas","when":"item.text.contains('gas')","tier":"quick"},
                  {"id":"all","when":"true","tier":"auto"}]})json");
}

// A city whose model hardly errs above confidence 0.8 and often below, but for `drift`: then it is wrong that often
// more.
class City {
public:
    explicit City(std::string_view promise) : random_(11) {
        server.create_project("city", policy_with(promise));
        ada.hello();
    }

    // Items arrive, a minute apart.
    void arrive(int count, double drift = 0) {
        std::string lines;
        for (int i = 0; i < count; ++i) {
            const std::string id = concat("msg-", ++arrived_);
            const bool easy = random_.uniform() < 0.6;
            const double confidence = easy ? 0.8 + 0.19 * random_.uniform() : 0.5 + 0.3 * random_.uniform();
            right_[id] = random_.uniform() < (easy ? 0.995 : 0.3) - drift;
            lines += sample_line(id, "A hole", "pothole", fixed_text(confidence, 4));
            server.clock.advance(Duration{kMinute_us});
            server.ingest("city", std::exchange(lines, {}));
        }
    }

    // Whatever waits is decided as it is; `most` items.
    int review(int most = 1'000'000) {
        int decided = 0;
        for (const ItemId& item : waiting()) {
            if (decided == most) {
                break;
            }
            SubmitReview review = ada.review(item.text);
            if (!right_.at(item.text)) {
                review.draft.verdict = Verdict::correct;
                review.draft.label = LabelId("drain");
            }
            ada.seal(item.text, std::move(review));
            if (++decided % 200 == 0) {
                ada.push();
            }
        }
        ada.push();
        return decided;
    }

    std::vector<ItemId> waiting() {
        std::vector<ItemId> out;
        const store::ProjectRow project = row();
        const auto items =
            store::items_of_model(*server.database, project, ModelId("topics-1"), ItemStatus::open, 0, 1'000'000);
        for (const store::NumberedItem& item : items.value()) {
            out.push_back(item.id);
        }
        return out;
    }

    Json tiers() {
        server.sign_in("lea", "lead");
        return parse_json(server.ask("GET", "/api/v1/projects/city/tiers").body)
            .value()
            .find("tiers")
            ->array()
            ->front();
    }

    TestServer::Answer certify() {
        server.sign_in("lea", "lead");
        return server.ask("POST", "/api/v1/projects/city/tiers/certify", R"({"tier":"auto","model":"topics-1"})");
    }

    std::map<ItemStatus, int64_t> counts() {
        std::map<ItemStatus, int64_t> out;
        for (const store::TierCount& one : store::count_items(*server.database, row()).value()) {
            out[one.status] += one.items;
        }
        return out;
    }

    tiers::TierBoard board() { return store::load_board(*server.database, row()).value(); }

    store::ProjectRow row() { return store::find_project(*server.database, ProjectId("city")).value(); }

    bool right(const ItemId& item) const { return right_.at(item.text); }

    TestServer server;
    Hand ada{server};

private:
    stats::Random random_;
    int arrived_ = 0;
    std::map<std::string, bool> right_;
};

constexpr std::string_view kPromise = R"({"max_error":0.05,"first_look":300,"audit":0.2,"evidence_while_open":0.05})";

int64_t integer(const Json& json, std::string_view name) {
    return *json.find(name)->integer();
}

}  // namespace

TEST_CASE("a tier that promises approves nothing before a certificate says from which confidence on") {
    City city(kPromise);
    city.arrive(50);
    CHECK(city.counts()[ItemStatus::auto_approved] == 0);
    CHECK(city.waiting().size() == 50);
    city.review();
    const Json tier = city.tiers();
    CHECK(tier.text_of("state") == "closed");
    CHECK(tier.text_of("missing") ==
          "the evidence is too thin: 50 drawn items are decided without a gap, 0 wait for people; the next look is at "
          "300");
    const auto refused = city.certify();
    CHECK(refused.status == 422);
    CHECK(refused.body.find("the next look is at 300") != std::string::npos);
}

TEST_CASE("with enough evidence a lead opens the tier; what waited and came after the evidence goes through") {
    City city(kPromise);
    city.arrive(500);
    CHECK(city.review(350) == 350);
    CHECK(city.tiers().find("would_open_from") != nullptr);
    const auto opened = city.certify();
    INFO(opened.body);
    REQUIRE(opened.status == 200);
    const Json tier = parse_json(opened.body).value();
    CHECK(tier.text_of("state") == "open");
    const double threshold = as_double(*tier.find("threshold")).value();
    CHECK(threshold > 0.7);
    CHECK(threshold < 0.98);
    const std::map<ItemStatus, int64_t> counts = city.counts();
    CHECK(counts.at(ItemStatus::auto_approved) > 10);
    CHECK(counts.at(ItemStatus::resolved) == 350);
    // Who opened it, on which evidence, stands in the log; the calibration before it.
    const tiers::TierBoard board = city.board();
    REQUIRE(board.certifications().size() == 1);
    const tiers::Certification& one = board.certifications().front();
    CHECK(one.certified.reviewed == 300);
    CHECK(one.certified.delta == Ppm{50'000});
    CHECK(one.promised.items > counts.at(ItemStatus::auto_approved));
    CHECK(board.calibration(ModelId("topics-1")) != nullptr);
}

TEST_CASE(
    "an open tier approves what is sure enough, draws some for the audit, and its errors stay within the promise") {
    City city(kPromise);
    city.arrive(320);
    city.review();
    REQUIRE(city.certify().status == 200);
    city.arrive(600);
    city.review();
    int64_t approved = 0;
    int64_t wrong = 0;
    const auto items = store::items_of_model(*city.server.database, city.row(), ModelId("topics-1"),
                                             ItemStatus::auto_approved, 0, 10'000);
    for (const store::NumberedItem& item : items.value()) {
        ++approved;
        wrong += city.right(item.id) ? 0 : 1;
        const ItemState state = city.ada.state(item.id.text);
        CHECK(state.current().confidence >= city.board().certifications().front().certified.threshold);
        REQUIRE(state.route().promise);
        CHECK(state.route().promise->propensity.value > 0);
    }
    INFO(approved << " approved, " << wrong << " wrong");
    CHECK(approved > 100);
    CHECK(static_cast<double>(wrong) < 0.05 * static_cast<double>(approved));
    const Json audit = *city.tiers().find("audit");
    CHECK(integer(audit, "promised") == approved + integer(audit, "drawn"));
    CHECK(integer(audit, "decided") == integer(audit, "drawn"));
    CHECK(integer(audit, "drawn") > approved / 10);
    CHECK_FALSE(*audit.find("alarmed")->boolean());
}

TEST_CASE("when the model gets worse the tier closes itself, says why, and offers what it approved since for review") {
    City city(kPromise);
    city.arrive(320);
    city.review();
    REQUIRE(city.certify().status == 200);
    city.arrive(200);
    city.review();
    const int64_t good = city.board().certifications().front().promised.items;
    for (int i = 0; i < 20 && city.board().certifications().front().open(); ++i) {
        city.arrive(50, 0.4);
        city.review();
    }
    const tiers::Certification closed = city.board().certifications().front();
    REQUIRE(closed.closed);
    CHECK(closed.closed->by == TierClosedBy::alarm);
    CHECK(closed.closed->words.find("the audit found") == 0);
    // Not much of what was approved while all was well is asked about again.
    CHECK(*closed.closed->good_until >= good / 2);
    CHECK(*closed.closed->good_until < closed.promised.items);
    const auto left = store::items_of_model(*city.server.database, city.row(), ModelId("topics-1"),
                                            ItemStatus::auto_approved, 0, 10'000);
    for (const store::NumberedItem& item : left.value()) {
        CHECK(city.ada.state(item.id.text).route().promise->number <= *closed.closed->good_until);
    }
    CHECK_FALSE(city.waiting().empty());
    // Leads are told, and nothing goes through any more.
    city.server.sign_in("lea", "lead");
    CHECK(city.server.ask("GET", "/api/v1/projects/city/incidents").body.find("tier_closed") != std::string::npos);
    const int64_t before = city.counts()[ItemStatus::auto_approved];
    city.arrive(50);
    CHECK(city.counts()[ItemStatus::auto_approved] == before);
    // What was found before the alarm is no evidence for the next certificate.
    city.review();
    CHECK(city.certify().status == 422);
}

TEST_CASE("after a tier was closed anybody can throw its coins again, and they fall as they did") {
    City city(kPromise);
    city.arrive(320);
    city.review();
    REQUIRE(city.certify().status == 200);
    city.arrive(150);
    city.server.sign_in("lea", "lead");
    CHECK(
        city.server.ask("POST", "/api/v1/projects/city/tiers/close", R"({"tier":"auto","model":"topics-1"})").status ==
        400);
    const auto answer = city.server.ask("POST", "/api/v1/projects/city/tiers/close",
                                        R"({"tier":"auto","model":"topics-1","why":"The form has changed."})");
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    const tiers::Certification one = city.board().certifications().front();
    REQUIRE(one.closed);
    CHECK(one.closed->by == TierClosedBy::person);
    CHECK(tiers::commitment_to(one.closed->audit_key) == one.certified.audit_key);
    int promised = 0;
    for (int i = 321; i <= 470; ++i) {
        const ItemId item(concat("msg-", i));
        const auto promise = city.ada.state(item.text).route().promise;
        if (promise && is_promised(promise->outcome)) {
            ++promised;
            CHECK(audit::is_chosen(one.closed->audit_key, item, promise->propensity) ==
                  (promise->outcome == PromiseOutcome::audited));
        }
    }
    CHECK(promised > 30);
    CHECK(city.server
              .ask("POST", "/api/v1/projects/city/tiers/close", R"({"tier":"auto","model":"topics-1","why":"Again."})")
              .status == 422);
}

TEST_CASE("another promise, or other conditions before it, end the certificate; other words do not") {
    City city(kPromise);
    city.arrive(320);
    city.review();
    REQUIRE(city.certify().status == 200);
    city.arrive(40);
    const int64_t approved = city.counts()[ItemStatus::auto_approved];
    CHECK(approved > 0);
    city.server.sign_in("root", "admin");
    const std::string other = policy_with(R"({"max_error":0.04,"first_look":300})");
    REQUIRE(city.server.ask("PUT", "/api/v1/projects/city/policy", other).status == 200);
    city.arrive(40);
    CHECK(city.counts()[ItemStatus::auto_approved] == approved);
    city.server.sign_in("root", "admin");
    const std::string words = policy_with(R"({"max_error":0.05,"first_look":400,"audit":0.3})");
    REQUIRE(city.server.ask("PUT", "/api/v1/projects/city/policy", words).status == 200);
    city.arrive(40);
    CHECK(city.counts()[ItemStatus::auto_approved] > approved);
}

TEST_CASE("the rows about tiers are what the log says, also after an alarm") {
    City city(kPromise);
    city.arrive(320);
    city.review();
    REQUIRE(city.certify().status == 200);
    for (int i = 0; i < 20 && city.board().certifications().front().open(); ++i) {
        city.arrive(50, 0.4);
        city.review();
    }
    const auto again = copy_of(*city.server.database);
    REQUIRE(rebuild::rebuild(*again, [](const rebuild::Progress&) { return true; }).ok());
    const auto compared = rebuild::compare(*city.server.database, *again, 5);
    REQUIRE(compared.ok());
    for (const rebuild::Difference& one : compared.value().first) {
        UNSCOPED_INFO(one.table << ' ' << one.key << ": " << one.what);
    }
    CHECK(compared.value().different() == 0);
}

TEST_CASE("a tier or a model that is not there is named with those that are") {
    City city(kPromise);
    city.arrive(1);
    city.server.sign_in("lea", "lead");
    const auto tier =
        city.server.ask("POST", "/api/v1/projects/city/tiers/certify", R"({"tier":"quick","model":"topics-1"})");
    CHECK(tier.status == 404);
    CHECK(tier.body.find("there is no tier 'quick' with a promise") != std::string::npos);
    const auto model =
        city.server.ask("POST", "/api/v1/projects/city/tiers/certify", R"({"tier":"auto","model":"topics-2"})");
    CHECK(model.status == 404);
    CHECK(model.body.find("did you mean 'topics-1'") != std::string::npos);
}
