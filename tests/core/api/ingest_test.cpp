#include "core/api/ingest.h"

#include <set>

#include <catch_amalgamated.hpp>

#include "core/json/writer.h"
#include "core/store/items.h"
#include "tests/support/cases.h"
#include "tests/support/server.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

const char* const kPath = "/api/v1/projects/city/predictions";

Json answer_json(const TestServer::Answer& answer) {
    return parse_json(answer.body).value();
}

int64_t number(const Json& json, const char* name) {
    return *json.find(name)->integer();
}

}  // namespace

TEST_CASE("ten broken lines are named by number and place, and the rest is imported") {
    TestServer server;
    server.create_project("city", sample_policy());
    server.sign_in("owner", "model_owner");
    std::string lines;
    std::set<int64_t> broken;
    static constexpr const char* kBroken[] = {
        "{",
        "[]",
        R"({"id":"x"})",
        R"({"id":"","input":{"text":"a"},"prediction":{"model":"m","label":"pothole","confidence":0.5}})",
        R"({"id":"x","input":"text","prediction":{"model":"m","label":"pothole","confidence":0.5}})",
        R"({"id":"x","input":{"text":"a"},"prediction":{"model":"m","label":"pothole","confidence":1.5}})",
        R"({"id":"x","input":{"text":"a"},"prediction":{"model":"m","label":"pothol","confidence":0.5}})",
        R"({"id":"x","input":{"text":"a"},"predicton":{"model":"m","label":"pothole","confidence":0.5}})",
        R"({"id":"x","id":"y","input":{"text":"a"},"prediction":{"model":"m","label":"pothole","confidence":0.5}})",
        "{\"id\":\"\xff\",\"input\":{},\"prediction\":{\"model\":\"m\",\"label\":\"gas\",\"confidence\":1}}"};
    int64_t line = 0;
    for (int i = 0; i < 100; ++i) {
        lines += sample_line("msg-" + std::to_string(i), "text", "pothole", "0.5");
        ++line;
        if (i % 10 == 3) {
            lines += std::string(kBroken[i / 10]) + "\n";
            broken.insert(++line);
        }
    }
    const TestServer::Answer answer = server.ask("POST", kPath, lines, "application/jsonl");
    CHECK(answer.status == 207);
    const Json json = answer_json(answer);
    INFO(answer.body);
    CHECK(number(json, "lines") == 110);
    CHECK(number(json, "items") == 100);
    CHECK(number(json, "failed") == 10);
    std::set<int64_t> named;
    CHECK(*(*json.find("errors")->array())[0].find("field")->string() == "column 2");
    for (const Json& error : *json.find("errors")->array()) {
        named.insert(number(error, "line"));
        CHECK_FALSE(error.find("message")->string()->empty());
    }
    CHECK(named == broken);
}

TEST_CASE("the same file again changes nothing, whatever the pieces it comes in") {
    TestServer server;
    server.create_project("city", sample_policy());
    std::string lines;
    for (int i = 0; i < 50; ++i) {
        lines += sample_line("msg-" + std::to_string(i), "text", "pothole", "0.5");
    }
    lines.pop_back();  // a last line without newline counts too
    server.ingest("city", lines);
    const store::ProjectRow before = store::find_project(*server.database, ProjectId("city")).value();
    server.sign_in("owner", "model_owner");
    const Json json = answer_json(server.ask("POST", kPath, lines, "application/jsonl"));
    CHECK(number(json, "unchanged") == 50);
    CHECK(number(json, "items") == 0);
    const store::ProjectRow after = store::find_project(*server.database, ProjectId("city")).value();
    CHECK(before.head_seq == after.head_seq);
}

TEST_CASE("an item's text does not change under the same id") {
    TestServer server;
    server.create_project("city", sample_policy());
    server.ingest("city", sample_line("msg-1", "one text", "pothole", "0.5"));
    server.sign_in("owner", "model_owner");
    const TestServer::Answer answer =
        server.ask("POST", kPath, sample_line("msg-1", "another text", "pothole", "0.5"), "application/jsonl");
    CHECK(answer.status == 207);
    CHECK(answer.body.find("differ from what was recorded") != std::string::npos);
}

TEST_CASE("one prediction or a list of them may come as a JSON document") {
    TestServer server;
    server.create_project("city", sample_policy());
    server.sign_in("owner", "model_owner");
    std::string one = sample_line("a", "text", "pothole", "0.5");
    CHECK(number(answer_json(server.ask("POST", kPath, one)), "items") == 1);
    const std::string list =
        "[" + sample_line("b", "text", "pothole", "0.5") + "," + sample_line("c", "text", "pothole", "0.5") + "]";
    CHECK(number(answer_json(server.ask("POST", kPath, list)), "items") == 2);
    CHECK(server.ask("POST", kPath, one, "text/csv").status == 400);
}

TEST_CASE("a line beyond the limit is refused and the lines behind it are read") {
    TestServer server;
    server.create_project("city", sample_policy());
    server.sign_in("owner", "model_owner");
    const std::string lines = sample_line("a", "text", "pothole", "0.5") + std::string(300'000, 'x') + "\n" +
                              sample_line("b", "text", "pothole", "0.5");
    const Json json = answer_json(server.ask("POST", kPath, lines, "application/jsonl"));
    CHECK(number(json, "items") == 2);
    CHECK(number((*json.find("errors")->array())[0], "line") == 2);
}

TEST_CASE("a line whose leaf would be too long is that line's error, and the rest goes through") {
    TestServer server;
    server.create_project("city", sample_policy());
    server.sign_in("owner", "model_owner");
    JsonWriter scores;
    scores.begin_object();
    for (int i = 0; i < 1'500; ++i) {
        scores.name("a-label-with-a-rather-long-name-" + std::to_string(i)).decimal("0.0001");
    }
    std::string line = sample_line("long", "text", "pothole", "0.5");
    line.insert(line.find("\"confidence\""), "\"scores\":" + std::move(scores.end_object()).take() + ",");
    const std::string lines =
        sample_line("a", "text", "pothole", "0.5") + line + sample_line("b", "text", "pothole", "0.5");
    const TestServer::Answer answer = server.ask("POST", kPath, lines, "application/jsonl");
    INFO(answer.body.substr(0, 500));
    CHECK(answer.status == 207);
    const Json json = answer_json(answer);
    CHECK(number(json, "items") == 2);
    CHECK(number(json, "failed") == 1);
    const Json& error = (*json.find("errors")->array())[0];
    CHECK(number(error, "line") == 2);
    CHECK(*error.find("field")->string() == "prediction");
    CHECK(error.find("message")->string()->find("65535") != std::string::npos);
    const store::ProjectRow project = store::find_project(*server.database, ProjectId("city")).value();
    CHECK(store::find_item(*server.database, project, ItemId("long")).value() == 0);
    CHECK(project.head_seq == 4);
}

TEST_CASE("five thousand real predictions are routed with counts per tier, and a second import changes nothing",
          "[shared]") {
    const auto pool = read_shared("data/banking77/pool_v1.jsonl");
    const auto labels = read_shared("data/banking77/labels.json");
    if (!pool || !labels) {
        SKIP("the shared data folder is not here");
    }
    JsonWriter policy;
    policy.begin_object().member("format", "countersign-policy-1").member("name", "Banking intents");
    policy.name("task")
        .begin_object()
        .member("type", "single_label")
        .member("question", "What does the customer want?")
        .end_object();
    policy.name("labels").begin_array();
    const Json known = parse_json(*labels).value();
    for (const Json& label : *known.array()) {
        policy.begin_object().member("id", *label.string()).end_object();
    }
    policy.end_array().name("tiers").raw(
        R"([{"id":"auto","kind":"auto"},{"id":"quick","kind":"quick"},{"id":"full","kind":"full"}])");
    policy.name("routes").raw(R"([{"id":"sure","when":"prediction.confidence >= 0.7","tier":"auto"},
        {"id":"close","when":"prediction.margin < 0.05","tier":"full"},{"id":"rest","when":"true","tier":"quick"}])");
    TestServer server;
    server.create_project("bank", std::move(policy.end_object()).take());
    server.ingest("bank", *pool);
    const store::ProjectRow project = store::find_project(*server.database, ProjectId("bank")).value();
    CHECK(project.head_seq == 5'002);
    int64_t items = 0;
    std::set<std::string> tiers;
    for (const store::TierCount& count : store::count_items(*server.database, project).value()) {
        UNSCOPED_INFO(count.tier << " " << count.items);
        items += count.items;
        tiers.insert(count.tier);
    }
    CHECK(items == 5'000);
    CHECK(tiers.size() == 3);
    server.ingest("bank", *pool);
    CHECK(store::find_project(*server.database, ProjectId("bank")).value().head_seq == project.head_seq);
}
