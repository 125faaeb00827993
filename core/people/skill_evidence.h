#pragma once
// Whether a reviewer is good enough, from his answers to gold items, decided as soon as they allow it.
//
// SkillSprt: Wald's sequential probability ratio test (1945) between two correctnesses. Decides soonest, and says one
//   of two things even about somebody between them.
// SkillEvidence: two e-processes (core/audit/alarm.h), one against "at most `bad`", one against "at least `good`".
//   Slower, but what it says is an error with probability at most alpha whatever the truth is and whenever one looks,
//   and it can say "between".

#include <cstdint>
#include <string_view>

#include "core/audit/alarm.h"

namespace countersign::people {

struct SkillLevels {
    double bad = 0.7;   // correctness that is not enough
    double good = 0.9;  // and that is what is wanted; 0 < bad < good < 1
};

enum class SkillVerdict : uint8_t { undecided, good, bad, between };
std::string_view skill_verdict_name(SkillVerdict verdict);

class SkillSprt {
public:
    // alpha: probability that somebody who is right as often as `bad` passes; beta: that somebody `good` does not.
    // Approximate, as Wald's limits are: in practice a little less.
    explicit SkillSprt(const SkillLevels& levels = {}, double alpha = 0.05, double beta = 0.05);

    // Nothing counts any more after a decision.
    void observe(audit::Verdict answer);

    // Good means no worse than `good`, bad no better than `bad`, as far as these two are the question. Never between.
    SkillVerdict verdict() const;

    int64_t answers() const { return answers_; }

private:
    double right_;  // what an answer adds to the logarithm of the ratio
    double wrong_;
    double upper_;
    double lower_;
    double log_ratio_ = 0;
    int64_t answers_ = 0;
};

class SkillEvidence {
public:
    explicit SkillEvidence(const SkillLevels& levels = {}, double alpha = 0.05);

    void observe(audit::Verdict answer);

    // Good: better than `bad`. Bad: worse than `good`. Between: both have been shown. What was shown once stays.
    SkillVerdict verdict() const;

    int64_t answers() const { return worse_.right() + worse_.wrong(); }

private:
    audit::BetaMixtureAlarm better_;  // counts right answers as the event
    audit::BetaMixtureAlarm worse_;
    double alpha_;
    bool is_better_ = false;  // than bad
    bool is_worse_ = false;   // than good
};

}  // namespace countersign::people
