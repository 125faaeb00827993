#include "core/base/concat.h"
#include "core/base/number_text.h"
#include "core/verify/report.h"

namespace countersign::verify {

namespace {

constexpr size_t kShownOfACheck = 5;
constexpr std::string_view kIndent = "          ";

// "1 entry", "2 entries": units are given in the plural.
std::string counted(uint64_t count, std::string_view unit) {
    std::string one(unit);
    if (count == 1) {
        const bool ies = one.ends_with("ies");
        one.resize(one.size() - (ies ? 3 : 1));
        one += ies ? "y" : "";
    }
    return concat(grouped(count), ' ', one);
}

std::string place_text(Place place) {
    const std::string leaf = place.leaf > 0 ? concat("entry ", grouped(place.leaf)) : std::string();
    const std::string line = place.line > 0 ? concat("line ", grouped(place.line)) : std::string();
    return leaf.empty() || line.empty() ? concat(leaf, line) : concat(leaf, ", ", line);
}

std::string with_place(Place place, std::string_view sentence) {
    const std::string where = place_text(place);
    return where.empty() ? std::string(sentence) : concat(where, ": ", sentence);
}

std::string head_text(const Report& report, std::string_view name) {
    if (report.server.empty()) {
        return concat(name, "\n\n");
    }
    std::string out = concat(name, "\n  project ", report.project, " on server ", report.server, ", made ",
                             to_rfc3339(report.made), '\n');
    if (report.counts.leaves > 0) {
        out += concat("  ", counted(report.counts.leaves, "entries"), ", recorded from ", to_rfc3339(report.first_at),
                      " to ", to_rfc3339(report.last_at), '\n');
    }
    return concat(out, '\n');
}

std::string check_text(const Report& report, Check check) {
    const CheckInfo& info = check_info(check);
    const CheckResult& result = report.of(check);
    if (result.done == 0 && result.failed == 0) {
        return concat("  -       ", info.title, " (there are none)\n");
    }
    std::string out =
        concat(result.failed == 0 ? "  good    " : "  FAILED  ", info.title, " (", counted(result.done, info.unit));
    out += result.failed == 0 ? std::string(")\n") : concat(", ", counted(result.failed, "failures"), ")\n");
    size_t shown = 0;
    for (const Failure& failure : report.failures) {
        if (failure.check == check && shown < kShownOfACheck) {
            out += concat(kIndent, with_place(failure.place, failure.sentence), '\n');
            ++shown;
        }
    }
    return result.failed > shown ? concat(out, kIndent, "and ", grouped(result.failed - shown), " more\n") : out;
}

std::string facts_text(const Report& report) {
    std::string out;
    if (report.counts.leaves_v1 > 0) {
        out += concat("  ", counted(report.counts.leaves_v1, "entries"),
                      " from before devices signed: of these the server alone is witness\n");
    }
    for (const Fact& fact : report.facts) {
        out += concat("  ", with_place(fact.place, fact.sentence), '\n');
    }
    return out.empty() ? out : concat("\nWorth knowing\n", out);
}

std::string types_text(const Report& report) {
    std::string out;
    for (const auto& [type, count] : report.types) {
        out += concat(out.empty() ? "" : ", ", type, ' ', grouped(count));
    }
    return out.empty() ? out : concat("\nEntries by type: ", out, '\n');
}

std::string conclusion(const Report& report) {
    if (!report.good()) {
        return concat("\nNOT verified: ", counted(report.failed, "failures"), ".\n");
    }
    const std::string entries = counted(report.counts.leaves, "entries");
    return report.trust == Trust::given
               ? concat("\nVerified: ", entries, ", as the server signed them with the key that you gave.\n")
               : concat("\nVerified: ", entries,
                        ", with the key that came with the bundle. This shows that the bundle holds together.\n"
                        "Whether the key is the server's it cannot show: get the key elsewhere and give it (--key).\n");
}

}  // namespace

std::string report_text(const Report& report, std::string_view name) {
    std::string out = head_text(report, name);
    for (size_t i = 0; i < kChecks; ++i) {
        out += check_text(report, static_cast<Check>(i));
    }
    return concat(out, facts_text(report), types_text(report), conclusion(report));
}

}  // namespace countersign::verify
