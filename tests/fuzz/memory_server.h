#pragma once
// The real API over a store in memory, with one project, for targets that send it requests. It is made anew from time
// to time, so that no input depends on more than a few before it.

#include <memory>
#include <string>
#include <string_view>

#include "core/api/server.h"
#include "core/store/schema.h"
#include "tests/support/fakes.h"

namespace countersign::fuzz {

class MemoryServer {
public:
    MemoryServer();

    // As the local token (any right but review), or as the reviewer "ada".
    enum class Who : uint8_t { owner, reviewer };

    api::Response ask(Who who, std::string_view method, std::string_view path, std::string_view body);

private:
    api::Workspace workspace();

    testing::ManualClock clock_;
    testing::SeededEntropy entropy_{1};
    testing::PlainPasswords passwords_;
    store::PolicyCache policies_;
    api::ServerSettings settings_;
    std::unique_ptr<store::Database> database_;
    std::string cookie_;
};

// The same one for up to this many calls.
MemoryServer& memory_server(size_t calls);

}  // namespace countersign::fuzz
