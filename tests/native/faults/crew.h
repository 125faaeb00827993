#pragma once
// Several reviewers at work at once on one server, and what they were told is there.

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/native/faults/load.h"

namespace countersign::faults {

class Crew {
public:
    Crew(int reviewers, uint64_t seed);

    void meet(const std::string& address);
    // Until the server is gone, or each has decided so often.
    void work(uint64_t decisions);
    // Until the server is gone. When they have decided so often, all together, `then` is called, once, by one of them.
    void work_until(uint64_t decisions, const std::function<void()>& then);
    // Everything that each has is sent now.
    void settle();

    std::set<std::string> acknowledged();
    uint64_t decided() const;

private:
    void work_all(uint64_t decisions, const std::function<void()>& decided);

    std::vector<std::unique_ptr<Reviewer>> reviewers_;
};

// Looks into the store, whether a server runs on it or not: it is whole, and every operation that was acknowledged is
// there, once. This is where to add what else must hold after a restart.
void check_nothing_lost(const std::filesystem::path& data, const std::set<std::string>& acknowledged);

// Starts a server again on a disk that works, has everything sent, and looks into the store.
void recover(const std::filesystem::path& data, Crew& crew);

}  // namespace countersign::faults
