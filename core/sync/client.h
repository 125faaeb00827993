#pragma once
// The device's conversation with its server, as a state machine without I/O: it hands requests to a Transport, takes
// the answers in small steps, and says when it wants to be run again.
//
//  1. Push and pull are independent: neither waits for the other, nor one project's operations for another's.
//  2. Before anything else of a stream, both sides compare what they have of it (hello).
//  3. No answer of a server ever removes an operation. What cannot be sent stays, is shown, and is tried again.
//  4. A poke only says "there is news"; what is true comes from the pull.
//  5. The server's log is looked after beside (core/sync/log_watch.h): nothing waits for that.
//  6. After a failure the next try comes after 1, 2, 4 ... 60 s, each shortened at random by up to a half.
//
// Contract: one thread. run() is called after each event (answer, poke, decision) and when next_run() is due; it never
// blocks. The transport's answers arrive through run()'s caller's event loop.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "core/ports/clock.h"
#include "core/ports/transport.h"
#include "core/sync/device.h"
#include "core/sync/device_streams.h"
#include "core/sync/intake.h"
#include "core/sync/log_watch.h"

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
    bool snapshot = false;              // a snapshot is being taken: the first time, or after a long absence
    uint64_t items_taken = 0;           // by this client so far: progress of a snapshot
    store::OperationCounts operations;  // of the account on this device, in all projects
    std::optional<Error> log_problem;   // the server's log is not what it should be
    size_t notices = 0;                 // unread (core/store/notices.h)
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
    void notices_read();

    // Does what is due: starts requests, takes answers (at most some milliseconds' worth). True when the store changed.
    bool run();
    // When run() should be called again even if nothing happens: 0 is at once.
    std::optional<Duration> next_run() const;

    const SyncStatus& status() const { return status_; }

private:
    enum class Step : uint8_t { project, hello, snapshot, feed, rest };

    // When something is tried again, by the monotonic clock.
    struct Wait {
        uint32_t failures = 0;
        Duration until{0};
    };

    // One of the directions: pushing, pulling, looking after the log.
    struct Way {
        bool wanted = false;
        bool in_flight = false;
        uint64_t asked = 0;  // where the stream stood when its hello was sent
        Wait wait;
    };

    // How a stream is sent, beside what stands in the store.
    struct Sending {
        bool greeted = false;   // both sides have compared what they have
        uint64_t furthest = 0;  // of what was saved
        int gaps = 0;           // since then: the server stood elsewhere than this device thought
        PushSize size;
        Elide elide = Elide::yes;
        std::optional<Error> stopped;  // the server did not take what is next; the other streams go on
        Wait wait;
    };

    using Answered = void (SyncClient::*)(const TransportResponse&);

    // client.cpp
    void request(TransportRequest request, Answered answered, Way& way);
    void failed(const Error& error, Way& way);
    bool answered_badly(const TransportResponse& response, Way& way);
    void reached_server(Way& way);
    void wait_longer(Wait& wait);

    bool waits(const Wait& wait) const { return clock_.monotonic() < wait.until; }

    std::optional<Duration> next_try() const;
    void show_waits();
    void count();
    std::string path(std::string_view rest) const;

    // client_push.cpp
    void start_push();
    Status send_next(const store::StreamRow& stream);
    Status send_hello(const store::StreamRow& stream, Answered answered, Way& way);
    void take_pushed_hello(const TransportResponse& response);
    void take_push(const TransportResponse& response);
    Status take_saved(const TransportResponse& response);
    void push_refused(const TransportResponse& response, const Error& error);
    Status take_gap(const TransportResponse& response);
    Status send_from_first(store::StreamRow& stream);
    void stop_stream(const Error& why);

    Sending& pushed() { return sending_[pushed_stream_.text]; }

    // client_watch.cpp
    void told(const std::string& checkpoint);
    void start_watch();
    void doubt(const Error& why);
    std::optional<Json> read_server(const TransportResponse& response);
    void take_server(const TransportResponse& response);
    void take_life(const TransportResponse& response);
    void take_tile(const TransportResponse& response);

    // client_pull.cpp
    void start_pull();
    Status find_missing_policy();
    Status ask_hello();
    Status ask_page(const store::ProjectRow& project);
    void take_project(const TransportResponse& response);
    void take_pulled_hello(const TransportResponse& response);
    void take_policy(const TransportResponse& response);
    void take_page(const TransportResponse& response);
    void take_lines();
    void page_ended(bool more);
    bool pull_refused(const Error& error);
    bool policy_refused();

    Device& device_;
    Transport& transport_;
    Clock& clock_;
    Entropy& entropy_;
    ActorId actor_;
    ProjectId project_;
    bool running_ = false;
    Step step_ = Step::project;
    uint32_t places_gone_ = 0;  // or policies, one after another
    bool news_ = false;         // poked while a pull was under way: it may have missed what the poke was about
    Way pull_;
    Way push_;
    Way watch_;
    std::unique_ptr<LogWatch> log_watch_;
    std::string checkpoint_;                  // that the server told last, unverified
    std::string stood_by_;                    // one that did not agree with its tiles and is of the server's life
    std::optional<Tile> wanted_tile_;         // of the request under way
    std::map<std::string, Sending> sending_;  // by stream
    StreamId pushed_stream_;                  // of the push or hello under way
    StreamId pulled_stream_;                  // of the pull's hello
    std::unique_ptr<Intake> intake_;
    std::string asked_place_;  // where the device stood when it asked for the page under way
    bool asked_for_items_ = false;
    std::optional<Digest> wanted_policy_;
    SyncStatus status_;
    bool changed_ = false;
    // Answers may arrive after stop() or after this object: they hold this and look whether it is still theirs.
    std::shared_ptr<uint64_t> generation_;
};

}  // namespace countersign::sync
