#include "core/json/writer.h"
#include "core/verify/report.h"

namespace countersign::verify {

namespace {

void write_place(JsonWriter& writer, Place place) {
    if (place.leaf > 0) {
        writer.member("leaf", static_cast<int64_t>(place.leaf));
    }
    if (place.line > 0) {
        writer.member("line", static_cast<int64_t>(place.line));
    }
}

void write_counts(JsonWriter& writer, const Counts& counts) {
    const std::pair<std::string_view, uint64_t> all[] = {
        {"bytes", counts.bytes},           {"lines", counts.lines},
        {"leaves", counts.leaves},         {"leaves_v1", counts.leaves_v1},
        {"operations", counts.operations}, {"signatures", counts.signatures},
        {"streams", counts.streams},       {"checkpoints", counts.checkpoints},
        {"epochs", counts.epochs},         {"texts", counts.texts},
        {"erased", counts.erased},         {"forks", counts.forks},
    };
    writer.name("counts").begin_object();
    for (const auto& [name, count] : all) {
        writer.member(name, static_cast<int64_t>(count));
    }
    writer.end_object();
}

std::string_view trust_name(Trust trust) {
    static constexpr std::string_view kNames[] = {"none", "bundle", "given"};
    return kNames[static_cast<size_t>(trust)];
}

}  // namespace

std::string report_json(const Report& report) {
    JsonWriter writer;
    writer.begin_object().member_bool("verified", report.good()).member("project", report.project);
    writer.member("server", report.server).member("made", report.made.us).member("first_at", report.first_at.us);
    writer.member("last_at", report.last_at.us).member("key", trust_name(report.trust));
    write_counts(writer, report.counts);
    writer.name("types").begin_object();
    for (const auto& [type, count] : report.types) {
        writer.member(type, static_cast<int64_t>(count));
    }
    writer.end_object().name("checks").begin_array();
    for (size_t i = 0; i < kChecks; ++i) {
        const CheckResult& result = report.checks[i];
        writer.begin_object().member("check", check_info(static_cast<Check>(i)).name);
        writer.member("done", static_cast<int64_t>(result.done)).member("failed", static_cast<int64_t>(result.failed));
        writer.end_object();
    }
    writer.end_array().member("failed", static_cast<int64_t>(report.failed)).name("failures").begin_array();
    for (const Failure& failure : report.failures) {
        writer.begin_object().member("check", check_info(failure.check).name);
        write_place(writer, failure.place);
        writer.member("sentence", failure.sentence).end_object();
    }
    writer.end_array().name("facts").begin_array();
    for (const Fact& fact : report.facts) {
        writer.begin_object().member("fact", fact.kind);
        write_place(writer, fact.place);
        writer.member("sentence", fact.sentence).end_object();
    }
    return std::move(writer.end_array().end_object()).take();
}

}  // namespace countersign::verify
