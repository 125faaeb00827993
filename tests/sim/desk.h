#pragma once
// One device of a simulation: a machine with the real store, outbox, sync client and leasing, one person at it, and
// what it has promised them. It can crash, be put back, copied, emptied or frozen.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/sync/client.h"
#include "core/sync/device.h"
#include "core/sync/leasing.h"
#include "tests/sim/network.h"

namespace countersign::sim {

class World;

// What was told to be saved on this device.
struct Kept {
    OperationId id;
    ActorId actor;  // empty: made by a newer version, or spoilt
    ItemId item;
};

// A device's store as it was at some moment, with what stood in it.
struct DeskImage {
    Image disk;
    std::map<OperationKey, Kept> kept;
    std::set<OperationKey> forgotten;
    Instant highest_clock;
};

class Desk {
public:
    Desk(World& world, size_t number, ActorId person);
    // A copy of another: its store, its cookies.
    Desk(World& world, size_t number, const Desk& other);

    size_t number() const { return number_; }

    // Counts its processes: what was sent by an earlier one is answered to nobody.
    uint64_t life() const { return life_; }

    void start();
    // The power fails; a new process starts when start() is called.
    void crash(uint64_t seed);
    void put_back(const DeskImage& image);
    DeskImage image() const;

    // Runs what is due, and plans when to run again.
    void pump();
    // Something arrived for this process; a frozen one hears of it later.
    void hear(uint64_t life, std::function<void()> news);
    void poke();
    void freeze(int64_t for_us);
    void thaw();

    void sign_in();
    void sign_in_as(const ActorId& person);
    void open_project(const ProjectId& project);
    void keep_cookies(uint64_t life, const Cookies& set);

    // One action of the person; nothing when the device refuses it. Kept when the device says so.
    std::optional<OperationId> act(const ItemId& item, CommandBody command);
    // As act(), with a disk that loses power at that call of it: the process is dead afterwards.
    void act_and_crash(const ItemId& item, CommandBody command, Strike strike);
    // An operation that no version of this program would make, at its place in the stream.
    void add_foreign(const ItemId& item, std::string_view type, std::string_view body);

    std::optional<store::ProjectRow> project_row();
    std::optional<ItemState> item(const ItemId& id);
    std::vector<store::ItemRow> waiting();

    bool running() const { return client != nullptr; }

    ActorId person;
    ProjectId project;
    std::set<ActorId> people;  // who ever worked here
    Cookies cookies;
    bool offline = false;
    uint64_t newest_arrived = 0;
    std::map<OperationKey, Kept> kept;
    std::set<OperationKey> forgotten;  // stable ones
    std::deque<DeskImage> images;
    std::map<std::string, EventSeq> places;  // the farthest place in the feed, by incarnation and scope

    Machine machine;
    SimClock clock;
    testing::SeededEntropy entropy;
    std::unique_ptr<sync::Device> device;
    std::unique_ptr<sync::SyncClient> client;
    std::unique_ptr<sync::Leasing> leasing;

private:
    void keep(const OperationId& id);
    void plan_run();
    void end_process();

    World& world_;
    size_t number_;
    uint64_t life_ = 0;
    SimTransport transport_;
    int64_t frozen_until_us_ = 0;
    int64_t planned_us_ = -1;
    std::deque<std::function<void()>> unheard_;
};

}  // namespace countersign::sim
