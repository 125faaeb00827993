#pragma once
// Proposed changes of a project's policy, folded from its events: which one is open, what became of the others.
//
// At most one is open: a new one replaces it. Contract: apply() takes the project's facts in their order; facts that do
// not fit (an approval of what is not open) change nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/model/event.h"

namespace countersign::policy_change {

enum class ProposalState : uint8_t { open, replaced, withdrawn, approved };

std::string_view proposal_state_name(ProposalState state);

struct Proposal {
    PolicyProposed proposed;
    ActorId proposer;
    Instant at;
    ProposalState state = ProposalState::open;
    // When it is not open any more: by whom, when, why.
    ActorId ended_by = {};
    Instant ended = {};
    std::string ended_words = {};
};

class Proposals {
public:
    void apply(const Event& event);

    const std::vector<Proposal>& all() const { return all_; }

    const Proposal* open() const;
    const Proposal* by_number(int64_t number) const;

    int64_t next_number() const { return all_.empty() ? 1 : all_.back().proposed.number + 1; }

private:
    Proposal* open_one();
    void end(ProposalState state, const Event& event, std::string words);

    std::vector<Proposal> all_;
};

// Whether it may be approved, by this account, while this policy is in force; the sentence of the error says why not.
Status may_approve(const Proposal& proposal, const ActorId& account, const Digest& in_force);

// The error where it is not open.
Status check_open(const Proposal& proposal);

}  // namespace countersign::policy_change
