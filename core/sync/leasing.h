#pragma once
// The device's side of leases, as a state machine without I/O: it asks for a slot of each item that is being worked on,
// renews it while somebody works, and gives it back when the item is left undecided. A pack of work is taken along for
// hours or days the same way.
//
//  1. Leases plan. Nothing waits for one, and nothing fails without one: a request that fails is forgotten.
//  2. What holds is what the feed says (core/model/item_state.h, SlotState); the answers here only say what to renew
//  and
//     what to give back.
//  3. One request at a time.
//
// Contract: one thread. run() is called after each event and when next_run() is due; it never blocks.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/ports/clock.h"
#include "core/ports/transport.h"
#include "core/store/leases.h"
#include "core/sync/device.h"

namespace countersign::sync {

class Leasing {
public:
    Leasing(Device& device, Transport& transport, Clock& clock);
    ~Leasing();
    Leasing(const Leasing&) = delete;
    Leasing& operator=(const Leasing&) = delete;

    // Whose leases, in which project. Starts over; leases that run go on.
    void start(const ActorId& actor, const ProjectId& project);
    void stop();

    // While the server cannot be reached nothing is asked of it.
    void set_reachable(bool reachable) { reachable_ = reachable; }

    // The items that are being worked on from now on, instead of those before.
    void work_on(const std::vector<ItemId>& items);

    // Somebody did something; only then is a lease renewed.
    void worked() { worked_at_ = clock_.monotonic(); }

    // Nothing is left to be given back.
    void decided(const ItemId& item);

    struct Pack {
        size_t count = 0;
        std::string tier;  // the policy's id; empty: any
        Duration time;
    };

    void take_along(Pack pack);
    void give_back(const std::vector<store::LeaseRow>& leases);

    // What became of the last pack, or of giving back.
    struct Outcome {
        size_t asked = 0;
        size_t taken = 0;
        std::optional<Error> problem;
    };

    const std::optional<Outcome>& outcome() const { return outcome_; }

    // Why somebody else is to have this item, by the project's staff document; empty as far as is known. It keeps
    // nobody from deciding.
    std::string hindrance(const ItemId& item) const;

    // A pack, or something to be given back at somebody's wish, is on its way.
    bool busy() const { return pack_.has_value() || wished_ends_ > 0; }

    // Starts what is due. True when the outcome changed.
    bool run();
    // When run() should be called again even if nothing happens.
    std::optional<Duration> next_run() const;

private:
    struct Held {
        LeaseRef lease;
        Duration since;  // monotonic
        Duration time;
    };

    struct Ending {
        ItemId item;
        LeaseRef lease;
        bool wished = false;  // by a person who waits for it to be done
    };

    using Answered = void (Leasing::*)(const TransportResponse&);

    void request(std::string path, std::string body, Answered answered);
    void failed(const Error& error);
    bool ask_for_pack();
    bool send_ends();
    bool ask_for_items();
    bool wants(const ItemId& item) const;
    bool due(const Held& held) const;
    Status find_known(const ItemId& item);
    void take_pack(const TransportResponse& response);
    void take_items(const TransportResponse& response);
    void take_ends(const TransportResponse& response);

    Device& device_;
    Transport& transport_;
    Clock& clock_;
    ActorId actor_;
    ProjectId project_;
    bool running_ = false;
    bool reachable_ = false;
    bool in_flight_ = false;
    bool changed_ = false;
    std::vector<ItemId> wanted_;
    std::set<std::string> settled_;                // of those: refused, or had along anyway
    std::map<std::string, std::string> hindered_;  // of those: why, by the staff document
    std::map<std::string, Held> held_;
    std::vector<Ending> ends_;
    size_t sent_ends_ = 0;  // of ends_, with the request under way
    size_t wished_ends_ = 0;
    std::optional<Pack> pack_;
    std::optional<Outcome> outcome_;
    Duration worked_at_{};
    Duration rest_until_{};  // after a failure
    std::shared_ptr<uint64_t> generation_;
};

}  // namespace countersign::sync
