#include "core/people/skill_evidence.h"

#include "core/base/check.h"
#include "core/stats/elementary.h"

namespace countersign::people {

namespace {

// Of the priors on the alternative, in answers: around `good` and around `bad`.
constexpr double kStrength = 10;

const SkillLevels& checked(const SkillLevels& levels) {
    CS_CHECK(levels.bad > 0 && levels.bad < levels.good && levels.good < 1);
    return levels;
}

}  // namespace

std::string_view skill_verdict_name(SkillVerdict verdict) {
    switch (verdict) {
        case SkillVerdict::undecided: return "undecided";
        case SkillVerdict::good: return "good";
        case SkillVerdict::bad: return "bad";
        case SkillVerdict::between: return "between";
    }
    CS_CHECK(false);
}

SkillSprt::SkillSprt(const SkillLevels& levels, double alpha, double beta)
    : right_(stats::log(checked(levels).good / levels.bad)),
      wrong_(stats::log((1 - levels.good) / (1 - levels.bad))),
      upper_(stats::log((1 - beta) / alpha)),
      lower_(stats::log(beta / (1 - alpha))) {
    CS_CHECK(alpha > 0 && beta > 0 && alpha + beta < 1);
}

void SkillSprt::observe(audit::Verdict answer) {
    if (verdict() == SkillVerdict::undecided) {
        log_ratio_ += answer == audit::Verdict::right ? right_ : wrong_;
        ++answers_;
    }
}

SkillVerdict SkillSprt::verdict() const {
    if (log_ratio_ >= upper_) {
        return SkillVerdict::good;
    }
    return log_ratio_ <= lower_ ? SkillVerdict::bad : SkillVerdict::undecided;
}

SkillEvidence::SkillEvidence(const SkillLevels& levels, double alpha)
    : better_(checked(levels).bad, kStrength * levels.good, kStrength * (1 - levels.good)),
      worse_(1 - levels.good, kStrength * (1 - levels.bad), kStrength * levels.bad),
      alpha_(alpha) {
    CS_CHECK(alpha > 0 && alpha < 1);
}

void SkillEvidence::observe(audit::Verdict answer) {
    worse_.observe(answer);
    better_.observe(answer == audit::Verdict::right ? audit::Verdict::wrong : audit::Verdict::right);
    is_better_ = is_better_ || better_.alarmed(alpha_);
    is_worse_ = is_worse_ || worse_.alarmed(alpha_);
}

SkillVerdict SkillEvidence::verdict() const {
    if (is_better_) {
        return is_worse_ ? SkillVerdict::between : SkillVerdict::good;
    }
    return is_worse_ ? SkillVerdict::bad : SkillVerdict::undecided;
}

}  // namespace countersign::people
