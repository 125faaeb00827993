#include "core/doctor/doctor.h"

#include <algorithm>

#include "core/doctor/examination.h"
#include "core/rebuild/compare.h"
#include "core/rebuild/rebuild.h"

namespace countersign::doctor {

namespace {

Status check_file(Examination& examination) {
    store::Statement pages = CS_TRY(examination.stored().prepare("PRAGMA page_count"));
    CS_TRY(pages.step());
    const auto count = static_cast<uint64_t>(pages.integer(0));
    store::Statement check = CS_TRY(examination.stored().prepare("PRAGMA integrity_check(100)"));
    for (;;) {
        const auto more = check.step();
        if (!more.ok() && more.error().code == ErrorCode::corrupt) {
            examination.find("countersign.db", more.error().text());
            break;
        }
        if (!CS_TRY(std::move(more))) {
            break;
        }
        if (check.text(0) != "ok") {
            examination.find("countersign.db", std::string(check.text(0)));
        }
    }
    return examination.done(count);
}

Status check_references(Examination& examination) {
    store::Statement tables = CS_TRY(examination.stored().prepare(
        "SELECT count(*) FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) WHERE s.type = 'table'"));
    CS_TRY(tables.step());
    const auto count = static_cast<uint64_t>(tables.integer(0));
    store::Statement check = CS_TRY(examination.stored().prepare("PRAGMA foreign_key_check"));
    while (CS_TRY(check.step())) {
        examination.find(concat(check.text(0), check.is_null(1) ? std::string() : concat(": row ", check.integer(1))),
                         concat("refers to a row of '", check.text(2), "' that is not there"));
    }
    return examination.done(count);
}

Status rebuild_and_compare(Examination& examination) {
    const Patient& patient = examination.patient();
    uint64_t told = 0;
    const auto go_on = [&](const rebuild::Progress& progress) {
        examination.expect(progress.of);
        const uint64_t more = progress.done - told;
        told = progress.done;
        return examination.done(more).ok();
    };
    const Status rebuilt = rebuild::rebuild(patient.scratch, go_on);
    if (!rebuilt.ok() && rebuilt.error().code == ErrorCode::corrupt) {
        examination.find(rebuilt.error().field, concat(rebuilt.error().message, "; the rest could not be made again"));
        return success();
    }
    // Lists are made of texts, too, and these do not open.
    if (!rebuilt.ok() && rebuilt.error().code == ErrorCode::failed_precondition) {
        examination.find("keys", concat(rebuilt.error().message, "; nothing could be made again"));
        return success();
    }
    CS_TRY_STATUS(rebuilt);
    const rebuild::Comparison comparison = CS_TRY(rebuild::compare(patient.stored, patient.scratch, kFindingsKept));
    for (const rebuild::Difference& one : comparison.first) {
        examination.find(concat(one.table, ": ", one.key), one.what);
    }
    const uint64_t told_of = comparison.first.size();
    if (comparison.different() > told_of) {
        examination.find("and", concat(comparison.different() - told_of, " rows more"),
                         comparison.different() - told_of);
    }
    return success();
}

Status check_projections(Examination& examination) {
    store::Transaction transaction(examination.patient().scratch);
    CS_TRY_STATUS(transaction.begin());
    CS_TRY_STATUS(rebuild_and_compare(examination));
    return examination.patient().rebuilt == Rebuilt::kept && examination.log_is_good() ? transaction.commit()
                                                                                       : success();
}

struct Check {
    std::string_view name;
    std::string_view unit;
    Status (*run)(Examination&);
};

constexpr Check kChecks[] = {
    {"file", "pages", check_file},   {"references", "kinds", check_references},
    {"logs", "entries", check_logs}, {"streams", "streams", check_streams},
    {"texts", "texts", check_texts}, {"projections", "entries", check_projections},
};

}  // namespace

bool Diagnosis::good() const {
    return std::all_of(checks.begin(), checks.end(), [](const CheckResult& one) { return one.failed == 0; });
}

std::vector<std::string_view> check_names() {
    std::vector<std::string_view> out;
    for (const Check& check : kChecks) {
        out.push_back(check.name);
    }
    return out;
}

Result<Diagnosis> examine(const Patient& patient, const GoOn& go_on) {
    Examination examination(patient, go_on);
    for (const Check& check : kChecks) {
        examination.begin(check.name, check.unit);
        const Status ran = check.run(examination);
        // A page that cannot be read ends its check, not the others.
        if (!ran.ok() && ran.error().code == ErrorCode::corrupt) {
            examination.find(ran.error().field, ran.error().message);
        } else {
            CS_TRY_STATUS(ran);
        }
        examination.end();
    }
    return examination.take();
}

}  // namespace countersign::doctor
