#pragma once
// The real program: `countersign serve` as a process of its own, on any free port of loopback, and its owner's
// requests.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "native/http/client.h"

namespace countersign::bench {

class Served {
public:
    // Starts it on folder/data and waits for its address; ends this process with a sentence when it does not come.
    Served(const std::filesystem::path& program, const std::filesystem::path& folder);
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    http::Endpoint endpoint() const { return endpoint_; }

    // By the token that it left for its owner. Ends this process on any status but 2xx.
    std::string as_owner(std::string_view method, const std::string& target, std::string body, std::string_view type);

    // The header line by which the owner is known.
    std::string owner_header() const { return "Authorization: Bearer " + token_; }

    // Of the process: resident memory that is not mapped from files, in KiB.
    long memory_kib() const;
    // A number of /metrics, summed over labels.
    double metric(std::string_view name);

private:
    pid_t pid_ = -1;
    http::Endpoint endpoint_;
    std::string token_;
    std::unique_ptr<http::Client> owner_;
};

}  // namespace countersign::bench
