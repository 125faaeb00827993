#pragma once
// What the checks share while they go. Not for use outside this folder.

#include <algorithm>

#include "core/base/concat.h"
#include "core/doctor/doctor.h"
#include "core/store/projects.h"

namespace countersign::doctor {

class Examination {
public:
    Examination(const Patient& patient, const GoOn& go_on) : patient_(patient), go_on_(go_on) {}

    const Patient& patient() const { return patient_; }

    store::Database& stored() const { return patient_.stored; }

    void begin(std::string_view name, std::string_view unit) {
        result_ = {name, unit, 0, 0, {}};
        began_ = patient_.clock.monotonic();
        of_ = 0;
    }

    void end() {
        result_.took = Duration{patient_.clock.monotonic().us - began_.us};
        diagnosis_.checks.push_back(result_);
    }

    void expect(uint64_t of) { of_ = of; }

    // More was looked at; unavailable when that is to be all.
    Status done(uint64_t more = 1) {
        result_.done += more;
        return go_on_({result_.name, result_.unit, result_.done, of_})
                   ? success()
                   : Status(fail(ErrorCode::unavailable, "was stopped", std::string(result_.name)));
    }

    void find(std::string place, std::string what, uint64_t count = 1) {
        if (result_.failed < kFindingsKept) {
            diagnosis_.findings.push_back({result_.name, std::move(place), std::move(what)});
        }
        result_.failed += count;
    }

    // Of the checks before this one: what is made from the log is right.
    bool log_is_good() const {
        return std::all_of(diagnosis_.checks.begin(), diagnosis_.checks.end(), [](const CheckResult& one) {
            return one.failed == 0 || (one.name != "file" && one.name != "logs");
        });
    }

    Diagnosis take() { return std::move(diagnosis_); }

private:
    const Patient& patient_;
    const GoOn& go_on_;
    Diagnosis diagnosis_;
    CheckResult result_;
    Duration began_;
    uint64_t of_ = 0;
};

// One a source.
Status check_logs(Examination& examination);
Status check_streams(Examination& examination);
Status check_texts(Examination& examination);

inline std::string project_place(const ProjectId& project) {
    return concat("project '", project.text, "'");
}

}  // namespace countersign::doctor
