#pragma once
// How many connections may be open, in all and from one address. Shared by the network threads.

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>

#include <boost/asio/ip/address.hpp>

#include "native/http/limits.h"
#include "native/http/metrics.h"

namespace countersign::http {

class Admission;

// One counted connection; gives its place back when it goes.
class Ticket {
public:
    Ticket() = default;

    Ticket(Admission& admission, uint64_t address_key) : admission_(&admission), address_key_(address_key) {}

    Ticket(Ticket&& other) noexcept
        : admission_(std::exchange(other.admission_, nullptr)), address_key_(other.address_key_) {}

    Ticket& operator=(Ticket&& other) noexcept {
        std::swap(admission_, other.admission_);
        std::swap(address_key_, other.address_key_);
        return *this;
    }

    ~Ticket();

private:
    Admission* admission_ = nullptr;
    uint64_t address_key_ = 0;
};

class Admission {
public:
    Admission(const Limits& limits, Metrics& metrics) : limits_(limits), metrics_(metrics) {}

    std::variant<Ticket, Rejected> admit(const boost::asio::ip::address& address);

private:
    friend class Ticket;
    void leave(uint64_t address_key);

    const Limits& limits_;
    Metrics& metrics_;
    std::mutex mutex_;
    uint32_t open_ = 0;
    std::unordered_map<uint64_t, uint32_t> per_address_;  // 0 is the key of those that are not counted
};

// How many connections the process may hold open, at most `wished`: its limit of open files, raised as far as it is
// allowed, less a reserve for the store, logs and listeners.
uint32_t connections_within_file_limit(uint32_t wished);

}  // namespace countersign::http
