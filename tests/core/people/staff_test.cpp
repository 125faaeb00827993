// The staff document: what it says, and what it may not.

#include "core/people/staff.h"

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"

using namespace countersign;
using namespace countersign::people;

namespace {

std::string error_of(std::string_view people, std::string_view work = "{}") {
    const auto staff =
        load_staff(concat(R"({"format":"countersign-staff-1","people":)", people, R"(,"work":)", work, "}"));
    REQUIRE_FALSE(staff.ok());
    return staff.error().text();
}

}  // namespace

TEST_CASE("a staff document says who can do what, and what items need") {
    const auto staff = load_staff(R"({"format":"countersign-staff-1","people":[
        {"account":"bo","languages":["de"],"per_day":{"reviews":40,"minutes":120}},
        {"account":"ana","skills":{"gas":2},"conflicts":{"items":["msg-7"],"sources":["north"],"authors":["eve"]},
         "present":[{"from":"2026-12-01T08:00:00Z","until":"2026-12-01T12:00:00Z"}]}],
        "work":{"language":"metadata.language","tiers":{"full":{"skills":{"gas":1},"seconds":180}}}})");
    REQUIRE(staff.ok());
    REQUIRE(staff.value().people.size() == 2);
    const Reviewer& ana = staff.value().people.front();
    CHECK(ana.id.text == "ana");
    REQUIRE(ana.skills.size() == 1);
    CHECK(ana.skills.front().level == 2);
    CHECK(ana.conflicts.sources == std::vector<std::string>{"north"});
    CHECK(ana.present.size() == 1);
    const Reviewer* bo = staff.value().find(ActorId("bo"));
    REQUIRE(bo != nullptr);
    CHECK(bo->per_day.reviews == 40);
    CHECK(bo->per_day.seconds == 7200);
    CHECK(staff.value().find(ActorId("cy")) == nullptr);
    CHECK(staff.value().language == "metadata.language");
    CHECK(staff.value().tiers.at("full").expected_seconds == 180);
    CHECK(staff.value().tiers.at("full").skills.front().skill == "gas");
}

TEST_CASE("what is wrong in a staff document is named with its place") {
    CHECK(load_staff("{").error().text().starts_with("line 1, column 2"));
    CHECK(load_staff(R"({"format":"countersign-people","people":[]})").error().text() ==
          "format: 'countersign-people' is not known here; this version reads 'countersign-staff-1'");
    CHECK(error_of(R"([{"acount":"ana"}])") == "people[0].account: is missing");
    CHECK(error_of(R"([{"account":"ana"},{"account":"ana"}])") == "people[1].account: 'ana' stands here twice");
    CHECK(error_of(R"([{"account":"ana","skills":{"gas":0}}])") == "people[0].skills.gas: is 0; allowed is 1 to 9");
    CHECK(error_of(R"([{"account":"ana","skills":["gas"]}])") ==
          "people[0].skills: must be an object of skills and levels, but is a list");
    CHECK(
        error_of(R"([{"account":"ana","per_day":{"hours":4}}])").starts_with("people[0].per_day.hours: no such field"));
    CHECK(
        error_of(R"([{"account":"ana","present":[{"from":"2026-12-01T12:00:00Z","until":"2026-12-01T08:00:00Z"}]}])") ==
        "people[0].present[0].until: must be after 'from'");
    CHECK(error_of("[]", R"({"language":"language"})") ==
          "work.language: 'language' must be a path in the item, like metadata.language");
    CHECK(error_of("[]", R"({"tiers":{"full":{"seconds":0}}})") ==
          "work.tiers.full.seconds: is 0; allowed is 1 to 86400");
}
