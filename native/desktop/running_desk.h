#pragma once
// The desk with all that it stands on: its store, its link to a server or a folder, its clock. The same with a window
// and without one.

#include <memory>
#include <string>

#include "core/base/result.h"
#include "native/desktop/desktop_host.h"
#include "native/desktop/device_store.h"
#include "native/desktop/link/http_live_feed.h"
#include "native/desktop/link/worker_transport.h"
#include "native/desktop/options.h"
#include "native/desktop/places.h"
#include "native/platform/clock_posix.h"
#include "native/platform/secrets.h"
#include "native/server/data_folder.h"
#include "shell/app/desk.h"

namespace countersign::desktop {

// Where the work is, found out before the store is opened: the store lies beside it.
struct Target {
    std::optional<http::Endpoint> server;      // else a folder that nobody serves
    std::optional<native::DataFolder> folder;  // with or without a server
    std::string name;                          // as people know it
    std::filesystem::path store;               // of the desk
};

Result<Target> find_target(const Options& options, const Places& places);

// Contract: frame thread. Inbox outlives it; nothing may run the inbox after close().
class RunningDesk {
public:
    static Result<std::unique_ptr<RunningDesk>> open(const Options& options, const Places& places, const Target& target,
                                                     Inbox& inbox);
    ~RunningDesk();
    RunningDesk(const RunningDesk&) = delete;
    RunningDesk& operator=(const RunningDesk&) = delete;

    // Where the desk was when it was closed.
    std::string kept_location() { return store_->location(); }

    // Once, before anything below.
    void start(shell::Host& host);

    shell::Desk& desk() { return *desk_; }

    // A request is under way, or its answer waits in the inbox.
    bool busy() const { return transport_->in_flight() > 0; }

    // Writes the location when it is another than before; called when nothing else is to do.
    void keep_location(const std::string& location);
    // What is in memory is written; the store is closed.
    Status close();

private:
    RunningDesk() = default;

    native::SystemClock clock_;
    native::SystemEntropy entropy_;
    std::string server_name_;
    std::string location_;
    std::unique_ptr<DeviceStore> store_;
    std::unique_ptr<WorkerTransport> transport_;
    std::unique_ptr<LiveFeed> live_;
    std::unique_ptr<shell::Desk> desk_;
};

}  // namespace countersign::desktop
