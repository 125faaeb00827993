// Decisions as a file: everything unsaved is in it, a server takes it from whoever brings it, and a spoilt file says
// where.

#include "core/sync/outbox_file.h"

#include <algorithm>

#include <catch_amalgamated.hpp>

#include "core/store/operations.h"
#include "tests/support/device.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

struct City {
    City() {
        server.create_project("city", sample_policy());
        std::string lines;
        for (int i = 0; i < 5; ++i) {
            lines += sample_line("msg-" + std::to_string(i), "A hole in the road", "pothole", "0.71");
        }
        server.ingest("city", lines);
        ada.settle();
    }

    void decide(int count) {
        ada.transport.network = LoopbackTransport::Network::down;
        for (int i = 0; i < count; ++i) {
            REQUIRE(ada.decide("msg-" + std::to_string(i), {.verdict = Verdict::accept, .active_ms = 900}).ok());
        }
    }

    void note(std::string words, std::string item = "msg-4") {
        REQUIRE(
            ada.device->submit({ada.project, ItemId(std::move(item)), ada.actor, AddNote{std::move(words), {}}}).ok());
    }

    sync::OutboxFile file() {
        const store::ProjectRow project = store::find_project(*ada.database, ada.project).value();
        return sync::write_outbox_file(*ada.device, project, ada.actor).value();
    }

    int64_t decisions_at_server() {
        auto count = server.database->prepare("SELECT count(*) FROM operation WHERE state = 1").value();
        REQUIRE(count.step().ok());
        return count.integer(0);
    }

    TestServer server;
    TestDevice ada{server, "ada", "city", 7};
};

const std::string kOutbox = "/api/v1/projects/city/outbox";

std::string refusal_of(const std::string& file) {
    const auto parts = sync::read_outbox_file(file);
    REQUIRE_FALSE(parts.ok());
    return parts.error().text();
}

std::string line(const std::string& file, size_t number) {
    size_t begin = 0;
    for (size_t i = 1; i < number; ++i) {
        begin = file.find('\n', begin) + 1;
    }
    return file.substr(begin, file.find('\n', begin) - begin);
}

}  // namespace

TEST_CASE("the file holds what no server has, signed, and a lead brings it in as its author's") {
    City city;
    city.decide(3);
    city.note("It is the same hole.");
    const sync::OutboxFile file = city.file();
    CHECK(file.operations == 4);
    const auto parts = sync::read_outbox_file(file.bytes).value();
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].operations == 4);
    CHECK(parts[0].is_signed);
    CHECK(file.bytes.find("It is the same hole.") != std::string::npos);
    city.server.sign_in("lea", "lead");
    const auto answer = city.server.ask("POST", kOutbox, parts[0].body, "application/jsonl");
    INFO(answer.body);
    CHECK(answer.status == 200);
    CHECK(answer.body.find("\"waits\":false") != std::string::npos);
    CHECK(city.decisions_at_server() == 4);
    // The device that comes back finds that everything is there, once.
    city.ada.transport.network = LoopbackTransport::Network::up;
    city.ada.client->poke();
    city.ada.settle();
    CHECK(city.ada.client->status().operations.on_device == 0);
    CHECK(city.decisions_at_server() == 4);
    CHECK(city.file().operations == 0);
    CHECK(city.file().bytes.empty());
}

TEST_CASE("a file without its signature is recorded and waits for a lead; a stranger may not bring it") {
    City city;
    city.decide(1);
    std::string file = city.file().bytes;
    const size_t at = file.find(",\"signature\":");
    file.erase(at, file.find('}', at) - at);
    const auto parts = sync::read_outbox_file(file).value();
    CHECK_FALSE(parts[0].is_signed);
    city.server.sign_in("ben", "reviewer");
    CHECK(city.server.ask("POST", kOutbox, parts[0].body, "application/jsonl").status == 403);
    city.server.sign_in("lea", "lead");
    const auto answer = city.server.ask("POST", kOutbox, parts[0].body, "application/jsonl");
    CHECK(answer.status == 200);
    CHECK(answer.body.find("\"waits\":true") != std::string::npos);
    CHECK(city.decisions_at_server() == 0);
}

TEST_CASE("many operations make several parts, each of at most 500, that follow each other") {
    City city;
    std::string lines;
    for (int i = 0; i < 300; ++i) {
        lines += sample_line("more-" + std::to_string(i), "A hole in the road", "pothole", "0.71");
    }
    city.server.ingest("city", lines);
    city.ada.client->poke();
    city.ada.settle();
    city.ada.transport.network = LoopbackTransport::Network::down;
    for (int i = 0; i < 1'203; ++i) {
        city.note("note " + std::to_string(i), "more-" + std::to_string(i % 300));
    }
    const sync::OutboxFile file = city.file();
    const auto parts = sync::read_outbox_file(file.bytes).value();
    REQUIRE(parts.size() == 3);
    uint64_t next = 1;
    city.server.sign_in("lea", "lead");
    for (const sync::OutboxPart& part : parts) {
        CHECK(part.from == next);
        CHECK(part.operations <= 500);
        next += part.operations;
        CHECK(city.server.ask("POST", kOutbox, part.body, "application/jsonl").status == 200);
    }
    CHECK(next == 1'204);
    CHECK(city.decisions_at_server() == 1'203);
}

TEST_CASE("a file that is no such file, or was cut or changed, says in which line") {
    City city;
    city.decide(2);
    const std::string file = city.file().bytes;
    REQUIRE(std::count(file.begin(), file.end(), '\n') == 4);
    CHECK(refusal_of("").find("line 1: the file holds no decisions") == 0);
    CHECK(refusal_of("\n\nhello\n").find("line 3: is not the beginning") == 0);
    CHECK(refusal_of(file.substr(0, file.rfind("{\"end\""))).find("line 3: the file was cut off") == 0);
    CHECK(refusal_of(file + "\n" + file + "trailing").find("line 10: is not the beginning") == 0);
    CHECK(refusal_of(line(file, 1) + "\n" + file).find("line 2: begins anew") == 0);
    std::string changed = file;
    changed.replace(changed.find("\"verdict\":\"accept\""), 18, "\"verdict\":\"reject\"");
    INFO(refusal_of("\n" + changed));
    CHECK(refusal_of("\n" + changed).find("line 4: does not continue") == 0);
    std::string spoilt = file;
    spoilt.replace(spoilt.find("\"from\":1"), 8, "\"from\":0");
    CHECK(refusal_of(file + "\n\n" + spoilt).find("line 7") == 0);
}
