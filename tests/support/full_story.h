#pragma once
// A server's life with everything in it that a log can tell: decisions of several devices, corrections, notes, leases,
// what waits for a lead and is let in or not, what comes twice or unsigned or unreadable, a copied device, another
// policy, policies that are proposed, withdrawn, replaced and approved by a second person, a tier that opens on
// evidence and closes, items closed, rights taken away and given back, lost work, a restore with a new epoch. The same
// seed tells the same story.

#include <memory>
#include <string>
#include <vector>

#include "tests/support/hand.h"

namespace countersign::testing {

class FullStory {
public:
    explicit FullStory(uint64_t seed, std::string path = ":memory:");

    // Each thing that can happen, once and in an order that makes sense; ends sealed.
    void tell();
    // Things of chance, `steps` of them; ends judged, and sealed as far as it goes.
    void tell_by_chance(int steps);

    TestServer server;
    Hand ada;
    Hand ben;

private:
    using Step = void (FullStory::*)();

    void decide();
    void correct();
    void add_note();
    void withdraw();
    void decide_twice();
    void wait_for_item();
    void bring_unknown_item();
    void come_unsigned();
    void come_unreadable();
    void claim_to_be_another();
    void come_of_the_future();
    void copy_device();
    void settle();
    void lease();
    void change_policy();
    void close();
    void revoke();
    void give_rights_back();
    void predict_again();
    void keep_a_promise();
    void ask_a_second_person();
    void seal();
    void restore();

    void act_as(const std::string& account, const std::string& role);

    Hand& someone() { return dice_.below(2) == 0 ? ada : ben; }

    std::string some_item();
    void post(const std::string& path, const std::string& body);

    SeededEntropy dice_;
    int items_ = 2;
    int unknown_ = 0;  // items that only devices speak of
    int brought_ = 0;  // of these, that have come
    int models_ = 1;
    int policies_ = 1;

    struct Decided {
        Hand* by = nullptr;
        std::string item;
        OperationId id;
    };

    std::vector<Decided> decided_;
};

}  // namespace countersign::testing
