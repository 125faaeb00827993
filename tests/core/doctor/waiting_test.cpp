// The doctor on a store in which something is recorded and not judged yet: it lies sealed.

#include <catch_amalgamated.hpp>

#include "core/doctor/doctor.h"
#include "core/store/copy.h"
#include "core/store/subjects.h"
#include "tests/support/hand.h"

using namespace countersign;
using namespace countersign::testing;

namespace {

std::unique_ptr<store::Database> copy_of(store::Database& from, SubjectKeys* keys) {
    auto out = store::Database::open({.path = ":memory:", .keys = keys}).value();
    REQUIRE(store::copy_store(from, *out, [](const store::CopyProgress&) { return true; }).ok());
    return out;
}

struct City {
    City() {
        REQUIRE(store::seal_plain_texts(*server.database).ok());
        set_up_city(server);
        ada.hello();
        server.seal();
        server.judges = false;
        ada.seal("msg-1", ada.review("msg-1"));
        CHECK(ada.push().status == 200);
    }

    // What is found, a line each, "streams: <place>: <what>".
    std::string examine(SubjectKeys* keys) {
        const auto stored = copy_of(*server.database, keys);
        const auto scratch = copy_of(*server.database, keys);
        const auto diagnosis = doctor::examine({*stored, *scratch, *server.settings.log_key, {}, server.clock},
                                               [](const doctor::Progress&) { return true; });
        INFO((diagnosis.ok() ? "" : diagnosis.error().text()));
        REQUIRE(diagnosis.ok());
        std::string out;
        for (const doctor::Finding& finding : diagnosis.value().findings) {
            out += std::string(finding.check) + ": " + finding.place + ": " + finding.what + "\n";
        }
        return out;
    }

    TestServer server;
    Hand ada{server};
};

}  // namespace

TEST_CASE("what waits to be judged is no finding") {
    City city;
    CHECK(city.examine(city.server.keys.get()).empty());
}

TEST_CASE("a batch that waits and is damaged is a finding that names its stream") {
    for (const char* damage : {"x'00'", "zeroblob(length(body))", "substr(body, 1, length(body) - 1)"}) {
        City city;
        INFO(damage);
        REQUIRE(city.server.database->execute(std::string("UPDATE inbox SET body = ") + damage).ok());
        const std::string found = city.examine(city.server.keys.get());
        CHECK(found.find("streams: stream " + city.ada.stream.text + ": ") != std::string::npos);
    }
}

TEST_CASE("without its keys a store is examined as far as it can be read, and that they are missing is said") {
    City city;
    const std::string found = city.examine(nullptr);
    INFO(found);
    CHECK(found.find("texts: keys: ") != std::string::npos);
    CHECK(found.find("streams: ") == std::string::npos);
}
