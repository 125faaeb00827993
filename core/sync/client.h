#pragma once
// The device's conversation with its server, as a state machine without I/O: it hands requests to a Transport, takes
// the answers in small steps, and says when it wants to be run again.
//
//  1. Push and pull are independent: neither waits for the other, nor one project's operations for another's.
//  2. No answer of a server ever removes an operation. What cannot be sent stays, is shown, and is tried again.
//  3. A poke only says "there is news"; what is true comes from the pull.
//  4. After a failure the next try comes after 1, 2, 4 ... 60 s, each shortened at random by up to a half.
//
// Contract: one thread. run() is called after each event (answer, poke, decision) and when next_run() is due; it never
// blocks. The transport's answers arrive through run()'s caller's event loop.

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/ports/clock.h"
#include "core/ports/transport.h"
#include "core/sync/device.h"
#include "core/sync/intake.h"

namespace countersign::sync {

struct SyncStatus {
    bool online = false;      // the last exchange reached the server
    bool signed_out = false;  // the server wants a sign-in before it takes or gives anything
    std::optional<Instant> last_contact;
    std::optional<Error> last_error;    // of the last failed exchange
    std::optional<Error> push_stopped;  // why the server did not take the next operation of a stream
    std::optional<Instant> retry_at;
    bool pulling = false;
    bool pushing = false;
    uint64_t items_taken = 0;           // by this client so far: progress of a first pull
    store::OperationCounts operations;  // of the account on this device, in all projects
};

class SyncClient {
public:
    SyncClient(Device& device, Transport& transport, Clock& clock, Entropy& entropy);
    ~SyncClient();
    SyncClient(const SyncClient&) = delete;
    SyncClient& operator=(const SyncClient&) = delete;

    // Whose decisions are pushed, and which project is pulled. Starts over; nothing stored changes.
    void start(const ActorId& actor, const ProjectId& project);
    void stop();

    void poke();  // the server has news, or the network is back
    void operation_added();

    // Does what is due: starts requests, takes answers (at most some milliseconds' worth). True when the store changed.
    bool run();
    // When run() should be called again even if nothing happens: 0 is at once.
    std::optional<Duration> next_run() const;

    const SyncStatus& status() const { return status_; }

private:
    enum class Step : uint8_t { project, policy, workset, changes, rest };

    // When something is tried again, by the monotonic clock.
    struct Wait {
        uint32_t failures = 0;
        Duration until{0};
    };

    // One of the two directions.
    struct Way {
        bool wanted = false;
        bool in_flight = false;
        Wait wait;
    };

    // A stream whose next operation the server did not take. The others go on.
    struct Stopped {
        Error why;
        Wait wait;
    };

    void request(TransportRequest request, void (SyncClient::*answered)(const TransportResponse&), Way& way);
    void failed(const Error& error, Way& way);
    bool answered_badly(const TransportResponse& response, Way& way);
    void wait_longer(Wait& wait);

    bool waits(const Wait& wait) const { return clock_.monotonic() < wait.until; }

    std::optional<Duration> next_try() const;
    void stop_stream(const Error& why);
    void show_waits();
    void start_pull();
    void start_push();
    Status send_waiting(const StreamId& stream);
    void take_project(const TransportResponse& response);
    void take_policy(const TransportResponse& response);
    void take_page(const TransportResponse& response);
    void take_push(const TransportResponse& response);
    bool take_lines();
    Status find_missing_policy();
    void count_operations();
    std::string path(std::string_view rest) const;
    void reached_server(Way& way);

    Device& device_;
    Transport& transport_;
    Clock& clock_;
    Entropy& entropy_;
    ActorId actor_;
    ProjectId project_;
    bool running_ = false;
    Step step_ = Step::project;
    bool news_ = false;  // poked while a pull was under way: it may have missed what the poke was about
    Way pull_;
    Way push_;
    std::map<std::string, Stopped> stopped_;  // by stream
    StreamId pushed_stream_;                  // of the push under way, and its project
    ProjectId pushed_project_;
    std::unique_ptr<Intake> intake_;
    std::optional<Digest> wanted_policy_;
    SyncStatus status_;
    bool changed_ = false;
    // Answers may arrive after stop() or after this object: they hold this and look whether it is still theirs.
    std::shared_ptr<uint64_t> generation_;
};

}  // namespace countersign::sync
