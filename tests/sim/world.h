#pragma once
// Everything of one seed: server, devices, the network between them, people and what they do, and what goes wrong. The
// same seed gives the same run, bit for bit.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/sim/desk.h"
#include "tests/sim/dice.h"
#include "tests/sim/mishap.h"
#include "tests/sim/network.h"
#include "tests/sim/server.h"
#include "tests/sim/timeline.h"
#include "tests/sim/trace.h"

namespace countersign::sim {

// A promise that did not hold: of which invariant (invariants.h), and what was seen.
struct Breach {
    std::string invariant;
    std::string words;
};

class World {
public:
    World(uint64_t seed, bool prints);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    // Work and mishaps, for this many actions.
    void live(size_t actions);

    // -- what the parts use --

    template <class... Parts>
    void line(const Parts&... parts) {
        trace.line(timeline.now_us(), parts...);
    }

    void happened(Mishap mishap);
    void breach(std::string invariant, std::string words);
    void run_for(int64_t span_us);
    // Something may have been written: judging and sealing are due, and devices hear of news.
    void server_wrote();
    void server_died(Mishap how);
    void restart_server();
    void restore_server(size_t backup);
    void sign_in(const ActorId& person, Cookies& cookies);
    void signed_out(Desk& desk, bool is);
    // A request of somebody at the server itself, without a network.
    Reply ask_as(const ActorId& person, Ask ask);
    // An account's right to review.
    void set_disabled(const ActorId& person, bool disabled);
    // A lead's word on everything that waits and has an item.
    void settle_quarantine();
    void judge_all();
    void seal_all(uint64_t most_leaves);

    Duration skew();
    int64_t drift_ppm();
    Desk& any_desk();

    Dice dice;
    Timeline timeline;
    Trace trace;
    MishapCounts mishaps;
    std::vector<Breach> breaches;
    std::vector<ProjectId> projects;
    std::vector<ActorId> reviewers;
    std::map<std::string, ActorId> people_of;  // by operation: who did it
    std::set<std::string> strange;             // operations that no honest device makes
    std::set<std::string> disabled;
    std::set<std::pair<ProjectId, ItemId>> erased;  // acknowledged
    Server server;
    Network network{*this};
    std::vector<std::unique_ptr<Desk>> desks;
    bool honest = true;  // the server's log is what it says
    bool ends = false;   // nothing is judged or sealed by itself any more

private:
    friend struct Work;
    friend struct Trouble;

    void tell_news();
    void plan_chores();

    uint64_t items_ = 0;
    uint64_t models_ = 0;
    uint64_t told_heads_ = 0;
    bool chores_planned_ = false;
    std::vector<std::pair<std::string, std::string>> reviews_;  // operation and item
};

// Stands in every text about an item, and in no other.
std::string marker_of(const ProjectId& project, std::string_view item);

// What people do, one action each.
struct Work {
    World& world;

    void any();
    void import_new(const ProjectId& project);
    void import_again();
    void decide();
    void withdraw();
    void note();
    void open_item();
    void take_along();
    void close_item();
    void change_policy();
    void erase();

    std::string line(const ProjectId& project, const std::string& id);
    // What is missing for the item's tier is filled in.
    static SubmitReview review(Dice& dice, const ProjectId& project, const ItemState& state);
};

// What goes wrong, one mishap each.
struct Trouble {
    World& world;

    void any();
    void of_device();
    void of_store();
    void of_server();
    void of_clocks();
    void of_rights();
    void of_operations();
    void poison(Desk& desk);
    void burst(Desk& desk);
    void hand_in_file(Desk& desk);
};

}  // namespace countersign::sim
