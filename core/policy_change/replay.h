#pragma once
// What a changed policy would have done with past items: each is routed by both policies, and the moves are counted.
// "312 of 5,000 would move: 40 from auto to full, 272 from quick to auto"
//
// Contract: pure, a stream: one pass, memory grows with tiers and routes, not with items. Routes are those of the
// policy's conditions; which items an automatic tier with a promise then approves is another matter (core/tiers).
// Items do not move by this: they keep the policy that they were routed under.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/json/writer.h"
#include "core/routing/router.h"

namespace countersign::policy_change {

// From where to where, and a few of those that would go.
struct Move {
    static constexpr size_t kExamples = 5;

    std::string from;
    std::string to;
    uint64_t items = 0;
    std::vector<ItemId> examples = {};  // the first ones
};

class Replay {
public:
    // The policies outlive the Replay.
    Replay(const Policy& before, const Policy& after) : before_(before), after_(after), policy_after_(after) {}

    void take(const RoutedItem& item, const Prediction& prediction);

    // One whose text is gone: nobody can say where it would go.
    void take_erased() { ++erased_; }

    uint64_t compared() const { return compared_; }

    uint64_t erased() const { return erased_; }

    // The predicted label is none of the policy after: such a prediction would be refused at import.
    uint64_t unknown_labels() const { return unknown_labels_; }

    uint64_t moved() const;

    // Tiers by id, with the kind where the same tier has become of another kind: "quick" or "check (auto)". Both lists:
    // most items first, then by name.
    std::vector<Move> tier_moves() const;
    // Also within one tier.
    std::vector<Move> route_moves() const;

    // The same tier, with another due time, number of reviewers or rule for late decisions.
    uint64_t other_terms() const { return other_terms_; }

private:
    using Moves = std::map<std::pair<std::string, std::string>, Move>;

    static void count(Moves& moves, std::string from, std::string to, const RoutedItem& item);

    Router before_;
    Router after_;
    const Policy& policy_after_;
    uint64_t compared_ = 0;
    uint64_t erased_ = 0;
    uint64_t unknown_labels_ = 0;
    uint64_t other_terms_ = 0;
    Moves tiers_;
    Moves routes_;
};

// The sentence, with what was not compared.
std::string replay_in_words(const Replay& replay);

enum class Examples : uint8_t { with, without };  // ids of items are not for everybody

void write_replay(JsonWriter& writer, const Replay& replay, Examples examples);

}  // namespace countersign::policy_change
