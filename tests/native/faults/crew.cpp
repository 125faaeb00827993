#include "tests/native/faults/crew.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <thread>

#include <catch_amalgamated.hpp>

#include "tests/native/faults/server_process.h"
#include "tests/support/store_check.h"

namespace countersign::faults {

namespace {

// Those that are there, and in `twice` those that are there more than once.
std::set<std::string> operations_in(store::Database& database, std::vector<std::string>& twice) {
    std::set<std::string> out;
    for (std::string& id : testing::recorded_operations(database).value()) {
        if (!out.insert(id).second) {
            twice.push_back(std::move(id));
        }
    }
    return out;
}

}  // namespace

Crew::Crew(int reviewers, uint64_t seed) {
    for (int i = 0; i < reviewers; ++i) {
        reviewers_.push_back(std::make_unique<Reviewer>(i, reviewers, seed + static_cast<uint64_t>(i)));
    }
}

void Crew::meet(const std::string& address) {
    for (const auto& reviewer : reviewers_) {
        reviewer->meet(address);
    }
}

void Crew::work(uint64_t decisions) {
    work_all(decisions, [] {});
}

void Crew::work_until(uint64_t decisions, const std::function<void()>& then) {
    std::atomic<uint64_t> made{0};
    work_all(UINT64_MAX, [&] {
        if (++made == decisions) {
            then();
        }
    });
}

void Crew::work_all(uint64_t decisions, const std::function<void()>& decided) {
    std::vector<std::thread> threads;
    threads.reserve(reviewers_.size());
    for (const auto& reviewer : reviewers_) {
        threads.emplace_back([&reviewer, &decided, decisions] { reviewer->work(decisions, decided); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

void Crew::settle() {
    for (const auto& reviewer : reviewers_) {
        const Status settled = reviewer->settle_until_confirmed();
        INFO((settled.ok() ? "" : settled.error().text()));
        CHECK(settled.ok());
        CHECK(reviewer->acknowledged().size() == reviewer->decided());
        CHECK(reviewer->confirmed() == reviewer->decided());
    }
}

std::set<std::string> Crew::acknowledged() {
    std::set<std::string> out;
    for (const auto& reviewer : reviewers_) {
        for (const std::string& id : reviewer->acknowledged()) {
            out.insert(id);
        }
    }
    return out;
}

uint64_t Crew::decided() const {
    uint64_t sum = 0;
    for (const auto& reviewer : reviewers_) {
        sum += reviewer->decided();
    }
    return sum;
}

void check_nothing_lost(const std::filesystem::path& data, const std::set<std::string>& acknowledged) {
    const StoreCopy store = copy_of_store(data);
    CHECK(testing::in_lines(testing::check_server_store(*store.database)) == "");
    std::vector<std::string> twice;
    const std::set<std::string> there = operations_in(*store.database, twice);
    CHECK(twice == std::vector<std::string>());
    std::vector<std::string> lost;
    std::set_difference(acknowledged.begin(), acknowledged.end(), there.begin(), there.end(), std::back_inserter(lost));
    CHECK(lost == std::vector<std::string>());
}

void recover(const std::filesystem::path& data, Crew& crew) {
    ServerProcess again(data);
    const std::string address = again.address();
    INFO(again.told());
    REQUIRE_FALSE(address.empty());
    check_nothing_lost(data, crew.acknowledged());
    crew.meet(address);
    crew.settle();
    again.stop();
    CHECK(again.wait() == 0);
    check_nothing_lost(data, crew.acknowledged());
}

}  // namespace countersign::faults
