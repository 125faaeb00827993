#include "core/policy_change/proposals.h"

#include <algorithm>
#include <array>

#include "core/base/concat.h"

namespace countersign::policy_change {

namespace {

constexpr std::array<std::string_view, 4> kStates{"open", "replaced", "withdrawn", "approved"};

}  // namespace

std::string_view proposal_state_name(ProposalState state) {
    return kStates[static_cast<size_t>(state)];
}

Proposal* Proposals::open_one() {
    // Only the newest can be.
    return all_.empty() || all_.back().state != ProposalState::open ? nullptr : &all_.back();
}

const Proposal* Proposals::open() const {
    return all_.empty() || all_.back().state != ProposalState::open ? nullptr : &all_.back();
}

const Proposal* Proposals::by_number(int64_t number) const {
    const auto found =
        std::find_if(all_.begin(), all_.end(), [&](const Proposal& one) { return one.proposed.number == number; });
    return found == all_.end() ? nullptr : &*found;
}

void Proposals::end(ProposalState state, const Event& event, std::string words) {
    Proposal* open = open_one();
    CS_CHECK(open != nullptr);
    open->state = state;
    open->ended_by = event.actor;
    open->ended = event.at;
    open->ended_words = std::move(words);
}

void Proposals::apply(const Event& event) {
    const Proposal* open = this->open();
    if (const auto* proposed = std::get_if<PolicyProposed>(&event.body)) {
        if (open != nullptr) {
            end(ProposalState::replaced, event, concat("proposal ", proposed->number, " replaces it"));
        }
        all_.push_back({*proposed, event.actor, event.at});
    } else if (const auto* withdrawn = std::get_if<PolicyChangeWithdrawn>(&event.body)) {
        if (open != nullptr && open->proposed.number == withdrawn->number) {
            end(ProposalState::withdrawn, event, withdrawn->words);
        }
    } else if (const auto* approved = std::get_if<PolicyApproved>(&event.body)) {
        if (open != nullptr && open->proposed.number == approved->number) {
            end(ProposalState::approved, event, {});
        }
    }
}

Status check_open(const Proposal& proposal) {
    if (proposal.state == ProposalState::open) {
        return success();
    }
    return fail(
        ErrorCode::failed_precondition,
        concat("proposal ", proposal.proposed.number, " is not open: it was ", proposal_state_name(proposal.state),
               " by ", proposal.ended_by.text, proposal.ended_words.empty() ? "" : "; ", proposal.ended_words),
        "number");
}

Status may_approve(const Proposal& proposal, const ActorId& account, const Digest& in_force) {
    CS_TRY_STATUS(check_open(proposal));
    if (proposal.proposer == account) {
        return fail(ErrorCode::forbidden,
                    concat("proposal ", proposal.proposed.number, " is yours; another account has to approve it"),
                    "number");
    }
    if (proposal.proposed.base != in_force) {
        return fail(ErrorCode::failed_precondition,
                    concat("another policy has come into force since proposal ", proposal.proposed.number,
                           " was made, so it may say something else than was meant; propose it anew"),
                    "number");
    }
    return success();
}

}  // namespace countersign::policy_change
