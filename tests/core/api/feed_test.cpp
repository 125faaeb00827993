// The feed and the snapshot: whole commits, who enters and leaves, and when a place does not hold any more.

#include <catch_amalgamated.hpp>

#include "core/store/identity.h"
#include "core/sync/page.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

struct City {
    City() {
        set_up_city(server);
        ada.hello();
    }

    TestServer::Answer get(const std::string& rest) {
        ada.sign_in();
        return server.ask("GET", "/api/v1/projects/city/" + rest);
    }

    std::string cursor_now() { return sync::read_page_end(get("snapshot").body).value().cursor; }

    TestServer server;
    Hand ada{server};
};

size_t count(std::string_view text, std::string_view part) {
    size_t out = 0;
    for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
        ++out;
    }
    return out;
}

}  // namespace

TEST_CASE("a page never ends within a commit, whatever its limit") {
    City city;
    const std::string before = city.cursor_now();
    city.server.ingest("city", sample_line("sure", "A lamp", "drain", "0.95"));
    SubmitReview review = city.ada.review("sure");
    review.draft.verdict = Verdict::correct;
    review.draft.label = LabelId("pothole");
    city.ada.seal("sure", review);  // two events: the review, and that it contradicts
    city.ada.seal("msg-1", city.ada.review("msg-1"));
    city.ada.push();
    std::string cursor = before;
    bool found = false;
    for (bool more = true; more;) {
        const TestServer::Answer page = city.get("feed?limit=1&cursor=" + cursor);
        REQUIRE(page.status == 200);
        const sync::PageEnd end = sync::read_page_end(page.body).value();
        more = end.more;
        CHECK(end.cursor != cursor);
        cursor = end.cursor;
        const size_t contradiction = page.body.find("contradiction_found");
        if (contradiction != std::string::npos) {
            found = true;
            const size_t line = page.body.rfind('\n', contradiction) + 1;
            CHECK(page.body.substr(line, contradiction - line).find("\"type\":\"review_submitted\"") !=
                  std::string::npos);
        }
    }
    CHECK(found);
}

TEST_CASE("an item enters the feed whole when it begins to wait, and leaves when it is taken out") {
    City city;
    const std::string before = city.cursor_now();
    city.server.ingest("city",
                       sample_line("new", "A hole", "pothole", "0.7") + sample_line("auto", "A lamp", "drain", "0.95"));
    const std::string entered = city.get("feed?cursor=" + before).body;
    CHECK(count(entered, "\"enter\"") == 1);
    CHECK(entered.find("A hole") != std::string::npos);
    CHECK(entered.find("A lamp") == std::string::npos);
    city.server.sign_in("lea", "lead");
    city.server.ask("POST", "/api/v1/projects/city/close", R"({"item":"new","as":"withdrawn"})");
    const std::string left = city.get("feed?cursor=" + sync::read_page_end(entered).value().cursor).body;
    CHECK(left.find(R"({"leave":["new"]})") != std::string::npos);
}

TEST_CASE("a place that does not hold any more is answered with 410 and what to do") {
    City city;
    const std::string good = city.cursor_now();
    const auto detail = [&](const std::string& rest) {
        const TestServer::Answer answer = city.get(rest);
        INFO(answer.body);
        CHECK(answer.status == 410);
        const std::string words = parse_json(answer.body).value().text_of("detail");
        CHECK(words.find("take a snapshot") != std::string::npos);
        return words;
    };
    CHECK(city.get("feed?cursor=" + good).status == 200);
    CHECK(detail("feed").starts_with("there is no place"));
    CHECK(detail("feed?cursor=" + good.substr(0, good.rfind(':')) + ":999").starts_with("the feed does not reach"));
    CHECK(detail("feed?cursor=7-ffff" + good.substr(good.find(':'))).starts_with("the server was restored"));
    CHECK(detail("snapshot?at=999").starts_with("the server was restored"));
    CHECK(city.get("feed?cursor=somewhere").status == 400);
    city.server.settings.limits.feed_reach = 1;
    city.server.ingest("city", sample_line("a", "A", "drain", "0.7") + sample_line("b", "B", "drain", "0.7"));
    CHECK(detail("feed?cursor=" + good).starts_with("too much"));
    city.server.settings.limits.feed_reach = 1'000;
    city.server.sign_in("root", "admin");
    CHECK(city.server.ask("PUT", "/api/v1/accounts/ada", R"({"role":"auditor"})").status == 200);
    CHECK(city.server.ask("PUT", "/api/v1/accounts/ada", R"({"role":"reviewer"})").status == 200);
    CHECK(detail("feed?cursor=" + good).starts_with("what this account may see"));
}

TEST_CASE("a snapshot goes on where it was cut, page by page, and the feed goes on from its moment") {
    City city;
    std::string lines;
    for (int i = 0; i < 7; ++i) {
        lines += sample_line("more-" + std::to_string(i), "A hole", "pothole", "0.7");
    }
    city.server.ingest("city", lines);
    const sync::PageEnd first = sync::read_page_end(city.get("snapshot?limit=4").body).value();
    CHECK(first.more);
    city.server.ingest("city", sample_line("late", "A hole", "pothole", "0.7"));
    const std::string rest = "snapshot?limit=4&at=" + std::to_string(first.position) + "&after=";
    const std::string second = city.get(rest + std::to_string(first.next)).body;
    CHECK(count(second, "\"item\":\"more-") >= 4);
    const sync::PageEnd last = sync::read_page_end(second).value();
    const sync::PageEnd end = sync::read_page_end(city.get(rest + std::to_string(last.next)).body).value();
    CHECK(end.position == first.position);
    CHECK(city.get("feed?cursor=" + end.cursor).body.find("\"item\":\"late\"") != std::string::npos);
}
