#pragma once
// Ports for tests: a clock that stands until it is moved, entropy from a seed, passwords without the wait, a transport
// that is a function call. Everything else in tests is the real thing.

#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include "core/hash/sha256.h"
#include "core/ports/clock.h"
#include "core/ports/entropy.h"
#include "core/ports/passwords.h"

namespace countersign::testing {

class ManualClock : public Clock {
public:
    Instant now() override { return now_; }

    Duration monotonic() override { return monotonic_; }

    void advance(Duration by) {
        now_ = now_ + by;
        monotonic_.us += by.us;
    }

    // Wall time only, as when somebody sets the clock.
    void jump(Duration by) { now_ = now_ + by; }

private:
    Instant now_{1'790'000'000 * kSecond_us};  // 2026-09-21T13:33:20Z
    Duration monotonic_{5 * kSecond_us};
};

// The same bytes for the same seed, on every platform.
class SeededEntropy : public Entropy {
public:
    explicit SeededEntropy(uint64_t seed) : seed_(seed) {}

    std::string bytes(size_t count) override {
        std::string out;
        while (out.size() < count) {
            const Digest block = sha256("seed " + std::to_string(seed_) + " block " + std::to_string(block_++));
            out += block.view();
        }
        out.resize(count);
        return out;
    }

    template <class Number>
    Number below(Number limit) {
        const std::string b = bytes(8);
        uint64_t number = 0;
        for (const char c : b) {
            number = number * 256 + static_cast<unsigned char>(c);
        }
        return static_cast<Number>(number % static_cast<uint64_t>(limit));
    }

private:
    uint64_t seed_;
    uint64_t block_ = 0;
};

class PlainPasswords : public Passwords {
public:
    std::string hash(std::string_view password) override { return "plain:" + std::string(password); }

    bool verify(std::string_view hash, std::string_view password) override {
        return hash == "plain:" + std::string(password);
    }
};

}  // namespace countersign::testing
