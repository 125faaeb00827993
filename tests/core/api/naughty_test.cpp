// Texts that break other programs, through the whole product: imported, synced, decided about, exported, read back byte
// for byte. And JSON whose meaning readers disagree about: what is taken keeps its value, the rest is refused.

#include <map>

#include <catch_amalgamated.hpp>

#include "core/json/writer.h"
#include "core/store/items.h"
#include "tests/support/cases.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::vector<std::string> naughty_strings() {
    const auto file = read_shared("data/corpora/strings/blns.json");
    if (!file) {
        SKIP("no shared test data: data/corpora/strings/blns.json");
    }
    const Json list = parse_json(*file).value();
    std::vector<std::string> strings;
    for (const Json& one : *list.array()) {
        strings.push_back(*one.string());
    }
    CHECK(strings.size() == 515);
    return strings;
}

// What may be a name: longer ones are refused (JsonLimits::name_bytes).
std::string as_name(const std::string& text) {
    return text.size() <= JsonLimits{}.name_bytes ? text : "long";
}

// The text stands in the input, and in the metadata as a name and as a value.
std::string line_with(const std::string& id, const std::string& text) {
    JsonWriter writer;
    writer.begin_object().member("id", id).name("input").begin_object().member("text", text).end_object();
    writer.name("metadata").begin_object().member("value", text).name("named").begin_object();
    writer.member(as_name(text), int64_t{1}).end_object().end_object().name("prediction").begin_object();
    writer.member("model", "m").member("label", "pothole").name("confidence").decimal("0.7").end_object().end_object();
    return std::move(writer).take() + "\n";
}

std::map<std::string, Json> export_of(TestServer& server) {
    server.sign_in("ida", "auditor");
    const auto answer = server.ask("GET", "/api/v1/projects/city/export?status=open,resolved");
    REQUIRE(answer.status == 200);
    std::map<std::string, Json> records;
    for (size_t at = 0; at < answer.body.size();) {
        const size_t end = answer.body.find('\n', at);
        Json record = parse_json(std::string_view(answer.body).substr(at, end - at)).value();
        std::string id = record.at_path("item.id")->string() != nullptr ? *record.at_path("item.id")->string() : "";
        records.emplace(std::move(id), std::move(record));
        at = end + 1;
    }
    return records;
}

}  // namespace

TEST_CASE("naughty strings are imported, synced, written as reasons, exported and read back byte for byte") {
    const std::vector<std::string> strings = naughty_strings();
    TestServer server;
    server.create_project("city", sample_policy());
    std::string lines;
    for (size_t i = 0; i < strings.size(); ++i) {
        lines += line_with("msg-" + std::to_string(i), strings[i]);
    }
    server.ingest("city", lines);
    TestDevice ada(server, "ada", "city", 7);
    ada.settle();
    const store::ProjectRow project = store::find_project(*ada.database, ada.project).value();
    for (size_t i = 0; i < strings.size(); ++i) {
        INFO(strings[i]);
        const std::string id = "msg-" + std::to_string(i);
        const int64_t no = store::find_item(*ada.database, project, ItemId(id)).value();
        const Json document = parse_json(store::read_document(*ada.database, no).value().text).value();
        CHECK(*document.at_path("input.text")->string() == strings[i]);
        ReviewDraft draft{.verdict = Verdict::accept, .active_ms = 1};
        draft.rationale.text = strings[i];
        const auto decided = ada.decide(id, draft);
        INFO((decided.ok() ? "" : decided.error().text()));
        REQUIRE(decided.ok());
    }
    ada.settle();
    CHECK(ada.client->status().operations.on_device == 0);
    const auto records = export_of(server);
    CHECK(records.size() == strings.size());
    for (size_t i = 0; i < strings.size(); ++i) {
        INFO(strings[i]);
        const Json& record = records.at("msg-" + std::to_string(i));
        CHECK(*record.at_path("item.input.text")->string() == strings[i]);
        CHECK(*record.at_path("item.metadata.value")->string() == strings[i]);
        CHECK(record.at_path("item.metadata.named")->object()->front().first == as_name(strings[i]));
        const Json& review = record.find("reviews")->array()->front();
        const Json* reason = review.at_path("rationale.text");
        CHECK((reason == nullptr ? "" : *reason->string()) == strings[i]);
    }
}

TEST_CASE("naughty strings as ids of items: each is one item that is found again under it") {
    TestServer server;
    server.create_project("city", sample_policy());
    std::map<std::string, int> wanted;
    std::string lines;
    for (const std::string& id : naughty_strings()) {
        if (!id.empty() && id.size() <= 200 && wanted.emplace(id, 1).second) {
            lines += line_with(id, "a text");
        }
    }
    server.ingest("city", lines);
    const auto records = export_of(server);
    CHECK(records.size() == wanted.size());
    for (const auto& [id, one] : wanted) {
        INFO(id);
        CHECK(records.contains(id));
    }
}

TEST_CASE("JSON that readers disagree about keeps its value from import to export, or is refused by line") {
    const std::string folder = "data/corpora/json/test_transform/";
    std::vector<std::string> names = list_shared(folder.substr(0, folder.size() - 1), "");
    for (std::string& name : names) {
        name.erase(0, folder.size());
    }
    if (names.empty()) {
        SKIP("no shared test data: data/corpora/json/test_transform");
    }
    CHECK(names.size() == 22);
    TestServer server;
    server.create_project("city", sample_policy());
    size_t refused = 0;
    std::map<std::string, std::string> taken;
    for (const std::string& name : names) {
        std::string value = read_shared(folder + name).value();
        std::erase(value, '\n');
        const std::string line = R"({"id":")" + name + R"(","input":{"text":"a"},"metadata":{"v":)" + value +
                                 R"(},"prediction":{"model":"m","label":"pothole","confidence":0.7}})";
        server.sign_in("owner", "model_owner");
        const auto answer = server.ask("POST", "/api/v1/projects/city/predictions", line, "application/jsonl");
        INFO(name << ": " << answer.body);
        if (answer.status == 200) {
            taken[name] = value;
        } else {
            ++refused;
            CHECK(answer.status == 207);
            CHECK(answer.body.find("\"field\":\"column ") != std::string::npos);
        }
    }
    CHECK(refused == 13);  // beyond 64 bits, names twice, half surrogates, NUL
    const auto records = export_of(server);
    CHECK(records.size() == taken.size());
    for (const auto& [name, value] : taken) {
        INFO(name);
        CHECK(to_text(*records.at(name).at_path("item.metadata.v")) == value);
    }
}
