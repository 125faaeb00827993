// Files of approved items as cases (tests/cases/table/audits.json): what is read, each item as
// "item propensity finding confidence stratum", or the error.
#include "core/table/audits.h"

#include <string>
#include <vector>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "tests/support/cases.h"

using namespace countersign;
using table::AuditFinding;

namespace {

Result<table::NamedAudit> read(std::string_view file) {
    table::AuditReader audits;
    table::RecordReader reader(audits);
    CS_TRY_STATUS(reader.feed(file));
    CS_TRY_STATUS(reader.finish());
    return audits.finish();
}

std::string shown(const table::NamedAudit& named, const table::ApprovedItem& item) {
    const char* finding = item.finding == AuditFinding::not_audited ? "not_audited"
                          : item.finding == AuditFinding::right     ? "right"
                                                                    : "wrong";
    const std::string stratum = named.strata.names().empty() ? "" : concat(" ", named.strata.names()[item.stratum]);
    return concat(named.items.names()[item.item], " ", to_decimal(item.propensity), " ", finding, " ",
                  number_text(item.confidence), stratum);
}

}  // namespace

TEST_CASE("approved items are read with what their audit found, and mistakes are named with their place") {
    const auto cases = parse_json(testing::read_case("table/audits.json"));
    REQUIRE(cases.ok());
    for (const Json& one : *cases.value().array()) {
        CAPTURE(one.text_of("name"));
        const auto named = read(one.text_of("file"));
        if (const Json* error = one.find("error")) {
            REQUIRE_FALSE(named.ok());
            CHECK(named.error().text() == *error->string());
            continue;
        }
        REQUIRE(named.ok());
        std::vector<std::string> expected;
        for (const Json& item : *one.find("approved")->array()) {
            expected.push_back(*item.string());
        }
        std::vector<std::string> approved;
        for (const table::ApprovedItem& item : named.value().approved) {
            approved.push_back(shown(named.value(), item));
        }
        CHECK(approved == expected);
    }
}

TEST_CASE("slices of approved items are as long as the file, also where records leave them out") {
    const auto named = read(
        R"({"item":"a","propensity":0.5,"audited":false,"predicted_label":"x"}
{"item":"b","propensity":0.5,"audited":false,"predicted_label":"x","slice_channel":"mail"}
{"item":"c","propensity":0.5,"audited":false,"predicted_label":"x"}
)");
    REQUIRE(named.ok());
    CHECK(named.value().slices.at("channel") == std::vector<std::string>{"", "mail", ""});
    CHECK(named.value().approved[2].line == 3);
}
