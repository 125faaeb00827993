#include "core/policy_change/proposals.h"

#include <catch_amalgamated.hpp>

using namespace countersign;
using policy_change::Proposals;
using policy_change::ProposalState;

namespace {

Event event_of(const char* actor, int64_t at_us, EventBody body) {
    Event event;
    event.actor = ActorId(actor);
    event.at = Instant{at_us};
    event.body = std::move(body);
    return event;
}

PolicyProposed proposed(int64_t number) {
    PolicyProposed out;
    out.number = number;
    out.policy = sha256("after");
    out.base = sha256("before");
    return out;
}

}  // namespace

TEST_CASE("one proposal is open at a time: a newer one replaces it, an approval or its withdrawal ends it") {
    Proposals proposals;
    CHECK(proposals.open() == nullptr);
    CHECK(proposals.next_number() == 1);
    proposals.apply(event_of("ada", 10, proposed(1)));
    proposals.apply(event_of("ben", 20, proposed(2)));
    REQUIRE(proposals.open() != nullptr);
    CHECK(proposals.open()->proposed.number == 2);
    CHECK(proposals.by_number(1)->state == ProposalState::replaced);
    CHECK(proposals.by_number(1)->ended_by == ActorId("ben"));
    CHECK(proposals.by_number(1)->ended_words == "proposal 2 replaces it");
    proposals.apply(event_of("ada", 30, PolicyApproved{1, sha256("after")}));  // is not open: changes nothing
    CHECK(proposals.open()->proposed.number == 2);
    proposals.apply(event_of("ada", 40, PolicyChangeWithdrawn{2, "Not yet"}));
    CHECK(proposals.open() == nullptr);
    CHECK(proposals.by_number(2)->state == ProposalState::withdrawn);
    proposals.apply(event_of("ada", 50, PolicyApproved{2, sha256("after")}));
    CHECK(proposals.by_number(2)->state == ProposalState::withdrawn);
    proposals.apply(event_of("ada", 60, proposed(3)));
    proposals.apply(event_of("ben", 70, PolicyApproved{3, sha256("after")}));
    CHECK(proposals.by_number(3)->state == ProposalState::approved);
    CHECK(proposals.by_number(3)->ended == Instant{70});
    CHECK(proposals.next_number() == 4);
    CHECK(proposals.by_number(4) == nullptr);
}

TEST_CASE("whoever proposed a change never approves it, and nobody does after the policy in force became another") {
    Proposals proposals;
    proposals.apply(event_of("ada", 10, proposed(1)));
    const policy_change::Proposal open = *proposals.open();
    CHECK(policy_change::may_approve(open, ActorId("ben"), sha256("before")).ok());
    const Status own = policy_change::may_approve(open, ActorId("ada"), sha256("before"));
    CHECK(own.error().code == ErrorCode::forbidden);
    CHECK(own.error().message == "proposal 1 is yours; another account has to approve it");
    const Status outdated = policy_change::may_approve(open, ActorId("ben"), sha256("another"));
    CHECK(outdated.error().code == ErrorCode::failed_precondition);
    CHECK(outdated.error().message.find("propose it anew") != std::string::npos);
    proposals.apply(event_of("ada", 20, PolicyChangeWithdrawn{1, "Not yet"}));
    const Status ended = policy_change::may_approve(*proposals.by_number(1), ActorId("ben"), sha256("before"));
    CHECK(ended.error().message == "proposal 1 is not open: it was withdrawn by ada; Not yet");
}
