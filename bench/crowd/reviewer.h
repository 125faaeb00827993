#pragma once
// A person with a device, as the server sees them: the real store, outbox and sync client, over HTTP. Belongs to one
// thread.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/store/schema.h"
#include "core/sync/client.h"
#include "native/desktop/link/http_exchange.h"
#include "native/platform/clock_posix.h"
#include "native/platform/secrets.h"

namespace countersign::bench {

class Reviewer {
public:
    // Signs in and pulls the project; ends this process when that fails.
    Reviewer(const http::Endpoint& endpoint, std::string account, const std::string& password, std::string project);
    ~Reviewer();
    Reviewer(const Reviewer&) = delete;
    Reviewer& operator=(const Reviewer&) = delete;

    // Accepts the prediction of an item and sends that; until the server has answered.
    void decide(const std::string& item) { decide(item, {.verdict = Verdict::accept, .active_ms = 1'000}); }

    void decide(const std::string& item, ReviewDraft draft);

    // Of each push, from its first byte until its answer was read; in microseconds.
    const std::vector<int64_t>& pushes_us() const { return pushes_us_; }

    uint64_t errors() const { return errors_; }

    void forget() { pushes_us_.clear(); }

private:
    class Wire;

    void settle();

    ActorId actor_;
    ProjectId project_;
    native::SystemClock clock_;
    native::SystemEntropy entropy_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<Wire> wire_;
    std::unique_ptr<sync::Device> device_;
    std::unique_ptr<sync::SyncClient> client_;
    std::vector<int64_t> pushes_us_;
    uint64_t errors_ = 0;
};

}  // namespace countersign::bench
