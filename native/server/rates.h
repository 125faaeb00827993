#pragma once
// How much may come in a time: for each kind of traffic, by who asks (an account or a service token) and by the address
// that it comes from. Configuration (native/server/serve_limits.h); what holds it is rate_limiter.h.
//
// Defaults: reference reliability.md, rows S14 and S18. An address has twenty times what one account has, because an
// office stands behind one. Imports count items, with a million at once: a whole file at the speed of the machine, and
// 1,000 a second in the long run. A push counts once however many decisions it holds, so 10,000 that were made offline
// are some twenty of 120.

#include <array>
#include <cstdint>
#include <string_view>

#include "core/api/exchange.h"
#include "core/base/instant.h"

namespace countersign::native {

// `count` in `per`, evenly; `burst` at once after a rest. A count of 0 bounds nothing.
struct Rate {
    int64_t count = 0;
    Duration per{kMinute_us};
    int64_t burst = 0;
};

enum class Whose : uint8_t { account, address };  // a service token is an account here

inline constexpr size_t kTraffics = 8;
inline constexpr std::array<std::string_view, kTraffics> kTrafficNames{"reads",      "pushes", "changes", "sign_ins",
                                                                       "enrolments", "ingest", "exports", "proofs"};
inline constexpr std::array<std::string_view, 2> kWhoseNames{"account", "address"};

struct Rates {
    using OfTraffic = std::array<Rate, kWhoseNames.size()>;

    // In the order of api::Traffic.
    std::array<OfTraffic, kTraffics> rates{{
        {{{600, {kMinute_us}, 600}, {12'000, {kMinute_us}, 12'000}}},
        {{{60, {kMinute_us}, 120}, {1'200, {kMinute_us}, 2'400}}},
        {{{60, {kMinute_us}, 120}, {1'200, {kMinute_us}, 2'400}}},
        // Of an address only those that failed: a whole office may sign in at nine.
        {{{10, {10 * kMinute_us}, 10}, {10, {10 * kMinute_us}, 10}}},
        {{{5, {kDay_us}, 5}, {100, {kDay_us}, 100}}},
        {{{1'000, {kSecond_us}, 1'000'000}, {20'000, {kSecond_us}, 20'000'000}}},
        {{{6, {kHour_us}, 6}, {120, {kHour_us}, 120}}},
        {{{300, {kMinute_us}, 300}, {6'000, {kMinute_us}, 6'000}}},
    }};
    // How many accounts and addresses are remembered of each kind; the one that was quiet for longest goes first.
    int64_t remembered = 10'000;

    const Rate& of(api::Traffic traffic, Whose whose) const {
        return rates[static_cast<size_t>(traffic)][static_cast<size_t>(whose)];
    }

    Rate& of(api::Traffic traffic, Whose whose) {
        return rates[static_cast<size_t>(traffic)][static_cast<size_t>(whose)];
    }
};

}  // namespace countersign::native
