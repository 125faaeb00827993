#pragma once
// The sync server as a whole: data folder, writer, HTTP, web app. Runs until it is told to stop.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/api/workspace.h"
#include "core/base/result.h"
#include "native/server/serve_limits.h"

namespace countersign::native {

struct ServeOptions {
    std::filesystem::path data;
    std::filesystem::path site;  // the built web app; empty: the API only
    std::string address = "127.0.0.1";
    uint16_t port = 8080;
    bool demo = false;
    bool behind_tls = false;         // a proxy in front speaks TLS: cookies are marked Secure
    std::vector<std::string> hosts;  // names that requests may be for; empty: any, or this machine's on loopback
    std::vector<std::string> trusted_proxies;  // addresses whose x-forwarded-for is believed
    ServeLimits limits;
};

class RunningService {
public:
    static Result<std::unique_ptr<RunningService>> start(const ServeOptions& options);
    ~RunningService();
    RunningService(const RunningService&) = delete;
    RunningService& operator=(const RunningService&) = delete;

    std::string address() const;
    // Async-signal-safe.
    void request_stop() noexcept;
    // Until it was told to stop and everything that was accepted is written.
    void wait();

private:
    struct Parts;
    explicit RunningService(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

std::string version_text();

}  // namespace countersign::native
