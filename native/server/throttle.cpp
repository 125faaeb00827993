#include "native/server/throttle.h"

#include <array>

#include "core/base/concat.h"
#include "core/json/json.h"
#include "native/http/forwarded.h"

namespace countersign::native {

namespace {

constexpr size_t kLongestName_bytes = 200;
constexpr std::array<std::string_view, kTraffics> kWhat{"reads",
                                                        "pushes",
                                                        "changes of accounts, tokens, projects and policies",
                                                        "sign-ins",
                                                        "enrolments of devices",
                                                        "imported items",
                                                        "exports",
                                                        "proofs"};

}  // namespace

api::Response too_often(const Rates& rates, api::Traffic traffic, Whose whose, Duration wait) {
    const auto index = static_cast<size_t>(traffic);
    const Rate& rate = rates.of(traffic, whose);
    const bool failed_only = traffic == api::Traffic::sign_ins && whose == Whose::address;
    const int64_t wait_s = (wait.us + kSecond_us - 1) / kSecond_us;
    api::Response out = api::problem(
        fail(ErrorCode::exhausted,
             concat("at most ", rate.count, failed_only ? " failed " : " ", kWhat[index], " in ", to_text(rate.per),
                    " are allowed for one ", whose == Whose::account ? "account or token" : "address",
                    "; try again in ", wait_s, wait_s == 1 ? " second" : " seconds"),
             concat("rates.", kTrafficNames[index], '.', kWhoseNames[static_cast<size_t>(whose)])));
    out.headers.emplace_back("retry-after", concat(wait_s));
    out.headers.emplace_back("cache-control", "no-store");
    return out;
}

bool Throttle::is_owner(const api::RequestHead& head) const {
    constexpr std::string_view kBearer = "Bearer ";
    const std::string_view authorization = head.header("authorization");
    return options_.owner && authorization.starts_with(kBearer) &&
           sha256(authorization.substr(kBearer.size())) == *options_.owner;
}

std::string Throttle::address_of(const api::RequestHead& head) const {
    std::string customer = http::customer_of(head.remote);
    if (customer.empty() && options_.count_loopback) {
        return head.remote;
    }
    return customer;
}

std::optional<api::Response> Throttle::refuse(const RateLimiter::Bucket& bucket) {
    const auto wait = limiter_.take(bucket, clock_.monotonic());
    if (!wait) {
        return std::nullopt;
    }
    return too_often(options_.rates, bucket.traffic, bucket.whose, *wait);
}

std::optional<api::Response> Throttle::refuse_address(const api::RequestHead& head, api::Traffic traffic) {
    if (traffic == api::Traffic::sign_ins || is_owner(head)) {
        return std::nullopt;  // sign-ins count when they are tried
    }
    return refuse({traffic, Whose::address, address_of(head)});
}

std::optional<api::Response> Throttle::refuse_caller(const api::RequestHead& head, const api::Plan& plan) {
    if (plan.traffic == api::Traffic::sign_ins || is_owner(head)) {
        return std::nullopt;
    }
    return refuse({plan.traffic, Whose::account, plan.caller});
}

std::optional<api::Response> Throttle::refuse_sign_in(const api::RequestHead& head, std::string_view body) {
    const auto json = parse_json(body);
    std::string name = json.ok() ? json.value().text_of("account") : std::string();
    if (name.size() > kLongestName_bytes) {
        name.clear();  // no account has it; what is remembered must stay small
    }
    // The address first: whoever guesses from one place does not use up what the account has.
    if (auto refusal = refuse({api::Traffic::sign_ins, Whose::address, address_of(head)})) {
        return refusal;
    }
    return refuse({api::Traffic::sign_ins, Whose::account, name});
}

void Throttle::signed_in(const api::RequestHead& head) {
    limiter_.give_back({api::Traffic::sign_ins, Whose::address, address_of(head)}, clock_.monotonic());
}

void Throttle::imported(const api::RequestHead& head, std::string_view caller, int64_t items) {
    if (is_owner(head) || items == 0) {
        return;
    }
    const Duration now = clock_.monotonic();
    limiter_.owe({api::Traffic::ingest, Whose::account, caller}, now, items);
    limiter_.owe({api::Traffic::ingest, Whose::address, address_of(head)}, now, items);
}

}  // namespace countersign::native
