#include "shell/session/words.h"

#include "core/base/concat.h"

namespace countersign::shell {

namespace {

// The largest unit that says it well: 45 s, 12 min, 3 h, 2 d.
std::string span_words(const Texts& texts, int64_t us) {
    if (us < kMinute_us) {
        return texts(Text::span_seconds, std::to_string(us / kSecond_us));
    }
    if (us < kHour_us) {
        return texts(Text::span_minutes, std::to_string(us / kMinute_us));
    }
    return us < 2 * kDay_us ? texts(Text::span_hours, std::to_string(us / kHour_us))
                            : texts(Text::span_days, std::to_string(us / kDay_us));
}

std::string day_words(const CivilDate& date) {
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return concat(date.day, ' ', kMonths[date.month - 1]);
}

std::string date_words(Instant moment) {
    const CivilDate date = civil_from_days(moment.us / kDay_us);
    return concat(day_words(date), ' ', date.year);
}

std::string clock_words(Instant moment) {
    return to_rfc3339(moment).substr(11, 5);
}

}  // namespace

DueModel due_model(const Texts& texts, std::optional<Instant> due, Instant now) {
    if (!due) {
        return {};
    }
    const int64_t left_us = (*due - now).us;
    if (left_us < 0) {
        return {texts(Text::due_over, span_words(texts, -left_us)), DueState::overdue};
    }
    return {texts(Text::due_left, span_words(texts, left_us)), left_us < kHour_us ? DueState::soon : DueState::later};
}

std::string moment_words(Instant moment) {
    return concat(date_words(moment), ", ", clock_words(moment));
}

std::string near_moment_words(Instant moment) {
    return concat(day_words(civil_from_days(moment.us / kDay_us)), ", ", clock_words(moment));
}

std::string ago_words(const Texts& texts, Instant then, Instant now) {
    const int64_t passed_us = (now - then).us;
    if (passed_us < kMinute_us) {
        return std::string(texts(Text::just_now));
    }
    if (passed_us < kDay_us) {
        return texts(Text::time_ago, span_words(texts, passed_us));
    }
    return date_words(then);
}

ConfidenceModel confidence_model(Ppm confidence) {
    ConfidenceModel out;
    out.value_ppm = confidence.value;
    out.words = to_percent(confidence, 0);
    return out;
}

shell::Verdict verdict_model(countersign::Verdict verdict) {
    switch (verdict) {
        case countersign::Verdict::accept: return shell::Verdict::accept;
        case countersign::Verdict::correct: return shell::Verdict::correct;
        case countersign::Verdict::reject: return shell::Verdict::reject;
        case countersign::Verdict::escalate: return shell::Verdict::escalate;
        case countersign::Verdict::skip: return shell::Verdict::skip;
    }
    return shell::Verdict::skip;
}

countersign::Verdict verdict_of(shell::Verdict verdict) {
    switch (verdict) {
        case shell::Verdict::accept: return countersign::Verdict::accept;
        case shell::Verdict::correct: return countersign::Verdict::correct;
        case shell::Verdict::reject: return countersign::Verdict::reject;
        case shell::Verdict::escalate: return countersign::Verdict::escalate;
        case shell::Verdict::skip: return countersign::Verdict::skip;
    }
    return countersign::Verdict::skip;
}

Tier tier_model(TierKind kind) {
    return kind == TierKind::automatic ? Tier::automatic : kind == TierKind::quick ? Tier::quick : Tier::full;
}

std::string level_counts_words(const Texts& texts, const store::OperationCounts& counts) {
    return texts(Text::nav_levels, grouped(counts.on_device), grouped(counts.saved), grouped(counts.sealed),
                 grouped(counts.stable));
}

std::string decision_words(const Texts& texts, shell::Verdict verdict, std::string_view label) {
    static constexpr Text kVerdicts[] = {Text::verdict_accepted, Text::verdict_corrected, Text::verdict_rejected,
                                         Text::verdict_escalated, Text::verdict_skipped};
    const std::string_view word = texts(kVerdicts[static_cast<size_t>(verdict)]);
    return label.empty() ? std::string(word) : concat(word, ": ", label);
}

}  // namespace countersign::shell
