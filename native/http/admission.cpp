#include "native/http/admission.h"

#include <algorithm>

#include <sys/resource.h>

namespace countersign::http {
namespace {

constexpr rlim_t kReservedFiles = 128;

// IPv4: the address; IPv6: the /64, which is what one customer gets. Never 0.
uint64_t key_of(const boost::asio::ip::address& address) {
    using boost::asio::ip::make_address_v4;
    if (address.is_v4()) {
        return (uint64_t{1} << 32) | address.to_v4().to_uint();
    }
    const auto v6 = address.to_v6();
    if (v6.is_v4_mapped()) {
        return (uint64_t{1} << 32) | make_address_v4(boost::asio::ip::v4_mapped, v6).to_uint();
    }
    uint64_t key = 0;
    const auto bytes = v6.to_bytes();
    for (size_t i = 0; i < 8; ++i) {
        key = key << 8 | bytes[i];
    }
    return key == 0 ? 1 : key;
}

}  // namespace

Ticket::~Ticket() {
    if (admission_ != nullptr) {
        admission_->leave(address_key_);
    }
}

std::variant<Ticket, Rejected> Admission::admit(const boost::asio::ip::address& address) {
    const uint64_t key = address.is_loopback() && !limits_.count_loopback ? 0 : key_of(address);
    const std::lock_guard lock(mutex_);
    if (open_ >= limits_.connections) {
        return Rejected::connections;
    }
    if (key != 0) {
        uint32_t& here = per_address_[key];
        if (here >= limits_.connections_per_address) {
            return Rejected::address;
        }
        ++here;
    }
    ++open_;
    metrics_.connections_open.store(open_, std::memory_order_relaxed);
    return Ticket(*this, key);
}

void Admission::leave(uint64_t address_key) {
    const std::lock_guard lock(mutex_);
    --open_;
    metrics_.connections_open.store(open_, std::memory_order_relaxed);
    const auto here = per_address_.find(address_key);
    if (here != per_address_.end() && --here->second == 0) {
        per_address_.erase(here);
    }
}

uint32_t connections_within_file_limit(uint32_t wished) {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return wished;
    }
    const rlim_t needed = rlim_t{wished} + kReservedFiles;
    if (files.rlim_cur < needed && files.rlim_cur < files.rlim_max) {
        rlimit raised = files;
        raised.rlim_cur = std::min(needed, files.rlim_max);
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) {
            files = raised;
        }
    }
    if (files.rlim_cur >= needed) {
        return wished;
    }
    const rlim_t left = files.rlim_cur > kReservedFiles ? files.rlim_cur - kReservedFiles : files.rlim_cur / 2;
    return static_cast<uint32_t>(std::max<rlim_t>(left, 1));
}

}  // namespace countersign::http
