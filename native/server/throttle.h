#pragma once
// Turns rates into answers: who is counted as what, and the 429 that whoever comes too often gets, with Retry-After and
// a sentence that names the limit.
//
// Whoever may read the data folder (the local token) is never counted. Requests from loopback count for no address
// unless that is asked for, as in http::Limits::count_loopback. Thread: any.

#include <optional>
#include <string_view>

#include "core/api/exchange.h"
#include "core/hash/sha256.h"
#include "native/platform/clock_posix.h"
#include "native/server/rate_limiter.h"

namespace countersign::native {

class Throttle {
public:
    struct Options {
        Rates rates{};
        bool count_loopback = false;
        std::optional<Digest> owner{};  // SHA-256 of the local token
    };

    explicit Throttle(const Options& options) : options_(options), limiter_(options.rates) {}

    // From the head alone, before anybody is looked up. Nothing when the request may go on.
    std::optional<api::Response> refuse_address(const api::RequestHead& head, api::Traffic traffic);
    // When it is known who asks.
    std::optional<api::Response> refuse_caller(const api::RequestHead& head, const api::Plan& plan);

    // An attempt to sign in counts for the account that it names, and for the address until it has succeeded.
    std::optional<api::Response> refuse_sign_in(const api::RequestHead& head, std::string_view body);
    void signed_in(const api::RequestHead& head);

    // Items that a request has brought; they are known only while it runs.
    void imported(const api::RequestHead& head, std::string_view caller, int64_t items);

    const RateLimiter& limiter() const { return limiter_; }

private:
    bool is_owner(const api::RequestHead& head) const;
    std::string address_of(const api::RequestHead& head) const;
    std::optional<api::Response> refuse(const RateLimiter::Bucket& bucket);

    Options options_;
    RateLimiter limiter_;
    SystemClock clock_;
};

// "at most 600 reads in 1m are allowed for one account; try again in 3 seconds", field "rates.reads.account".
api::Response too_often(const Rates& rates, api::Traffic traffic, Whose whose, Duration wait);

}  // namespace countersign::native
