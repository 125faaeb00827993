// Buckets: what they let through at once and in the long run, whose they are, and how many are remembered.

#include "native/server/rate_limiter.h"

#include <map>
#include <random>
#include <thread>

#include <catch_amalgamated.hpp>

#include "core/base/concat.h"
#include "native/server/throttle.h"

using namespace countersign;
using namespace countersign::native;

namespace {

Rates all(Rate rate) {
    Rates rates;
    for (auto& of_traffic : rates.rates) {
        of_traffic.fill(rate);
    }
    return rates;
}

constexpr RateLimiter::Bucket kAda{api::Traffic::reads, Whose::account, "account ada"};
constexpr Duration kStart{17 * kSecond_us};

Duration after(int64_t ms) {
    return Duration{kStart.us + ms * 1'000};
}

size_t taken_at_once(RateLimiter& limiter, const RateLimiter::Bucket& bucket, Duration now) {
    size_t taken = 0;
    while (!limiter.take(bucket, now) && taken < 1'000'000) {
        ++taken;
    }
    return taken;
}

}  // namespace

TEST_CASE("a rested account has its burst at once, then its share of time, and never more than the burst") {
    RateLimiter limiter(all({.count = 60, .per = {kMinute_us}, .burst = 5}));
    CHECK(taken_at_once(limiter, kAda, kStart) == 5);
    CHECK(limiter.take(kAda, kStart)->us == kSecond_us);
    CHECK(limiter.take(kAda, after(999))->us == 1'000);
    CHECK(taken_at_once(limiter, kAda, after(1'000)) == 1);
    CHECK(taken_at_once(limiter, kAda, after(3'500)) == 2);
    CHECK(taken_at_once(limiter, kAda, after(3'600'000)) == 5);
}

TEST_CASE("whoever waits as long as was said is let in, and not before") {
    RateLimiter limiter(all({.count = 7, .per = {kMinute_us}, .burst = 2}));
    taken_at_once(limiter, kAda, kStart);
    for (int64_t now_us = kStart.us, i = 0; i < 50; ++i) {
        const Duration wait = limiter.take(kAda, Duration{now_us}).value();
        CHECK(limiter.take(kAda, Duration{now_us + wait.us - 1}));
        now_us += wait.us;
        CHECK_FALSE(limiter.take(kAda, Duration{now_us}));
    }
}

TEST_CASE("what is owed is waited for, and what is given back is there again") {
    RateLimiter limiter(all({.count = 1'000, .per = {kSecond_us}, .burst = 1'000'000}));
    CHECK_FALSE(limiter.take(kAda, kStart));
    limiter.owe(kAda, kStart, 1'500'000);
    CHECK(limiter.take(kAda, kStart)->us == 500'002 * 1'000);
    CHECK_FALSE(limiter.take(kAda, after(500'002)));
    RateLimiter once(all({.count = 1, .per = {kMinute_us}, .burst = 1}));
    CHECK_FALSE(once.take(kAda, kStart));
    CHECK(once.take(kAda, kStart));
    once.give_back(kAda, kStart);
    CHECK_FALSE(once.take(kAda, kStart));
}

TEST_CASE("kinds of traffic, accounts and addresses do not count for each other") {
    RateLimiter limiter(all({.count = 1, .per = {kDay_us}, .burst = 1}));
    for (size_t traffic = 0; traffic < kTraffics; ++traffic) {
        for (const Whose whose : {Whose::account, Whose::address}) {
            for (const char* const key : {"account ada", "token ada", "2001:db8::/64"}) {
                const RateLimiter::Bucket bucket{static_cast<api::Traffic>(traffic), whose, key};
                CHECK_FALSE(limiter.take(bucket, kStart));
                CHECK(limiter.take(bucket, kStart));
            }
        }
    }
    CHECK(limiter.remembered() == kTraffics * 2 * 3);
}

TEST_CASE("a rate of nothing bounds nothing, and nobody in particular is not counted") {
    RateLimiter limiter(all({.count = 0, .per = {kMinute_us}, .burst = 1}));
    CHECK(taken_at_once(limiter, kAda, kStart) == 1'000'000);
    RateLimiter strict(all({.count = 1, .per = {kDay_us}, .burst = 1}));
    CHECK(taken_at_once(strict, {api::Traffic::reads, Whose::address, ""}, kStart) == 1'000'000);
    CHECK(strict.remembered() == 0);
}

TEST_CASE("a crowd of addresses takes bounded memory, and the one that was quiet for longest is forgotten first") {
    Rates rates = all({.count = 1, .per = {kDay_us}, .burst = 1});
    rates.remembered = 100;
    RateLimiter limiter(rates);
    std::vector<std::string> keys;
    size_t refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        keys.push_back(concat("2001:db8:0:", i, "::/64"));
        refused += limiter.take({api::Traffic::reads, Whose::address, keys.back()}, kStart) ? 1 : 0;
    }
    CHECK(refused == 0);
    CHECK(limiter.remembered() == 100);
    CHECK(limiter.take({api::Traffic::reads, Whose::address, keys[19'999]}, kStart));
    CHECK(limiter.take({api::Traffic::reads, Whose::address, keys[19'950]}, kStart));
    CHECK_FALSE(limiter.take({api::Traffic::reads, Whose::address, keys[0]}, kStart));
    metrics::Exposition out;
    limiter.expose(out);
    const std::string page = std::move(out).take();
    CHECK(page.find("countersign_rate_forgotten_total{traffic=\"reads\",whose=\"address\"} 19901") !=
          std::string::npos);
    CHECK(page.find("countersign_rate_refused_total{traffic=\"reads\",whose=\"address\"} 2") != std::string::npos);
    CHECK(page.find("countersign_rate_remembered 100") != std::string::npos);
}

TEST_CASE("threads that take from one bucket together get what one would get") {
    RateLimiter limiter(all({.count = 1, .per = {30 * kDay_us}, .burst = 5'000}));
    std::atomic<size_t> taken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 2'000; ++n) {
                taken += limiter.take(kAda, kStart) ? 0 : 1;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(taken == 5'000);
}

TEST_CASE("in any hour nobody gets more than the burst and the hour's share, whatever the times") {
    const uint64_t seed = std::random_device()();
    INFO("seed " << seed);
    std::mt19937_64 chance(seed);
    RateLimiter limiter(all({.count = 100, .per = {kHour_us}, .burst = 20}));
    std::vector<int64_t> taken_at;
    for (int64_t now_us = kStart.us, i = 0; i < 10'000; ++i) {
        now_us += static_cast<int64_t>(chance() % (chance() % 10 == 0 ? 600 * kSecond_us : 20 * kSecond_us));
        if (!limiter.take(kAda, Duration{now_us})) {
            taken_at.push_back(now_us);
        }
    }
    CHECK(taken_at.size() > 500);
    for (size_t first = 0, last = 0; last < taken_at.size(); ++last) {
        while (taken_at[last] - taken_at[first] >= kHour_us) {
            ++first;
        }
        REQUIRE(last - first + 1 <= 120);
    }
}

TEST_CASE("the refusal names the limit, what is allowed and how long to wait") {
    const Rates rates;
    const auto said = [&](api::Traffic traffic, Whose whose, Duration wait) {
        const api::Response response = too_often(rates, traffic, whose, wait);
        CHECK(response.status == 429);
        std::string text = response.body;
        for (const api::Header& header : response.headers) {
            text += header.first == "retry-after" ? " retry-after " + header.second : "";
        }
        return text;
    };
    const std::string reads = said(api::Traffic::reads, Whose::account, {1});
    CHECK(reads.find("at most 600 reads in 1m are allowed for one account or token; try again in 1 second") !=
          std::string::npos);
    CHECK(reads.find("\"field\":\"rates.reads.account\"") != std::string::npos);
    CHECK(reads.ends_with(" retry-after 1"));
    CHECK(said(api::Traffic::enrolments, Whose::account, {kHour_us})
              .find("at most 5 enrolments of devices in 1d are allowed for one account or token; try again in 3600 "
                    "seconds") != std::string::npos);
    CHECK(said(api::Traffic::enrolments, Whose::address, {kHour_us}).find("rates.enrolments.address") !=
          std::string::npos);
    CHECK(said(api::Traffic::proofs, Whose::account, {1'000'001}).find("at most 300 proofs in 1m") !=
          std::string::npos);
    CHECK(said(api::Traffic::proofs, Whose::address, {1'000'001}).ends_with(" retry-after 2"));
    CHECK(said(api::Traffic::sign_ins, Whose::address, {1})
              .find("at most 10 failed sign-ins in 10m are allowed for "
                    "one address") != std::string::npos);
}
