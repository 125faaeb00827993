#include "core/escalation/escalate.h"

#include "core/base/check.h"
#include "core/base/concat.h"

namespace countersign::escalation {

namespace {

struct Found {
    Instant since;
    std::string reason;
};

// Whether what somebody did at that time has not led anywhere yet.
bool is_news(Instant at, const std::optional<Current>& current, Instant now) {
    return at <= now && (!current || at > current->since);
}

const clock::SlaClock* clock_of(const Trigger& trigger, const Facts& facts) {
    return trigger.whose == Whose::item ? facts.item_clock : facts.level_clock;
}

// When the trigger's share of the time is used, or was.
std::optional<Instant> overdue_at(const Trigger& trigger, const Facts& facts) {
    const clock::SlaClock* clock = clock_of(trigger, facts);
    if (clock == nullptr) {
        return std::nullopt;
    }
    const Duration allowed = clock->terms().allowed;
    return clock->reaches(trigger.after ? Duration{allowed.us + trigger.after->us}
                                        : clock::share_of(allowed, trigger.percent));
}

std::string overdue_text(const Trigger& trigger, const Facts& facts, Instant since) {
    const Duration allowed = clock_of(trigger, facts)->terms().allowed;
    const std::string_view whose = trigger.whose == Whose::item ? "the item" : "the level before";
    const std::string by = trigger.after ? concat(to_text(*trigger.after), " more than the ", to_text(allowed))
                                         : concat(trigger.percent, " % of the ", to_text(allowed));
    return concat(by, " of working time that ", whose, " has are used since ", to_rfc3339(since));
}

std::optional<Found> asked(const Facts& facts, const std::optional<Current>& current, Instant now) {
    if (!facts.asked || !is_news(facts.asked->at, current, now)) {
        return std::nullopt;
    }
    const std::string words = facts.asked->reason.empty() ? "" : concat(": ", facts.asked->reason);
    return Found{facts.asked->at, concat("asked by '", facts.asked->by, "'", words)};
}

std::optional<Found> disagrees(const Facts& facts, const std::optional<Current>& current, Instant now) {
    if (!facts.disagreement || !is_news(*facts.disagreement, current, now)) {
        return std::nullopt;
    }
    return Found{*facts.disagreement, concat("reviewers disagree since ", to_rfc3339(*facts.disagreement))};
}

std::optional<Found> overdue(const Trigger& trigger, const Facts& facts, Instant now) {
    const auto at = overdue_at(trigger, facts);
    return at && *at <= now ? std::optional(Found{*at, overdue_text(trigger, facts, *at)}) : std::nullopt;
}

std::optional<Found> low(const Trigger& trigger, const Facts& facts, const std::optional<Current>& current,
                         Instant now) {
    if (!facts.posterior || facts.posterior->value >= trigger.below || !is_news(facts.posterior->at, current, now)) {
        return std::nullopt;
    }
    return Found{facts.posterior->at, concat("the answers so far give ", to_decimal(facts.posterior->value),
                                             ", which is below ", to_decimal(trigger.below))};
}

std::optional<Found> rule(const Trigger& trigger, const RuleFinding& finding, const std::optional<Current>& current,
                          Instant now) {
    if (finding.holds == Truth::no || !is_news(finding.at, current, now)) {
        return std::nullopt;
    }
    const std::string_view how = finding.holds == Truth::yes ? "the rule holds: " : "the rule cannot be decided: ";
    return Found{finding.at, concat(how, trigger.rule)};
}

// `rules`: the number of rules before this trigger; moves behind it.
std::optional<Found> find(const Trigger& trigger, const Facts& facts, const std::optional<Current>& current,
                          Instant now, size_t& rules) {
    switch (trigger.kind) {
        case TriggerKind::reviewer_asked: return asked(facts, current, now);
        case TriggerKind::disagreement: return disagrees(facts, current, now);
        case TriggerKind::overdue: return overdue(trigger, facts, now);
        case TriggerKind::low_posterior: return low(trigger, facts, current, now);
        case TriggerKind::rule: return rule(trigger, facts.rules[rules++], current, now);
    }
    CS_CHECK(false);
}

bool is_above(size_t level, const std::optional<Current>& current) {
    return !current || level > current->level;
}

}  // namespace

std::vector<std::string> rules_of(const std::vector<Level>& levels) {
    std::vector<std::string> out;
    for (const Level& level : levels) {
        for (const Trigger& trigger : level.when) {
            if (trigger.kind == TriggerKind::rule) {
                out.push_back(trigger.rule);
            }
        }
    }
    return out;
}

std::optional<Escalated> escalate(const std::vector<Level>& levels, const std::optional<Current>& current,
                                  const Facts& facts, Instant now) {
    CS_CHECK(facts.rules.size() == rules_of(levels).size());
    size_t rules = 0;
    for (size_t level = 0; level < levels.size(); ++level) {
        for (size_t trigger = 0; trigger < levels[level].when.size(); ++trigger) {
            const auto found = find(levels[level].when[trigger], facts, current, now, rules);
            if (found && is_above(level, current)) {
                return Escalated{level, trigger, found->since, found->reason, to_text(levels[level].who)};
            }
        }
    }
    return std::nullopt;
}

std::optional<Instant> next_by_time(const std::vector<Level>& levels, const std::optional<Current>& current,
                                    const Facts& facts, Instant now) {
    std::optional<Instant> next;
    for (size_t level = 0; level < levels.size(); ++level) {
        for (const Trigger& trigger : levels[level].when) {
            const bool by_time = trigger.kind == TriggerKind::overdue && is_above(level, current);
            const auto at = by_time ? overdue_at(trigger, facts) : std::nullopt;
            next = at && *at > now && (!next || *at < *next) ? at : next;
        }
    }
    return next;
}

}  // namespace countersign::escalation
