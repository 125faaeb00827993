#pragma once
// What can go wrong in a simulation, by name. Each is counted when it happens; a run over many seeds in which one never
// did has not tested it.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace countersign::sim {

enum class Mishap : uint8_t {
    message_lost,
    message_doubled,
    message_delayed,    // beyond the time that a device waits
    message_overtaken,  // delivered after one that was sent later
    answer_lost,        // the server has committed what was asked
    answer_cut,         // the answer's end is missing
    answer_delayed,
    server_busy,        // 503
    too_many_requests,  // 429
    signed_out,         // 401, until somebody signs in
    partition,
    server_crash_before_commit,
    server_crash_after_commit,
    server_crash_idle,
    server_restored,     // from a backup, as a new epoch
    server_rolled_back,  // from a backup without its epoch
    device_crash_in_write,
    device_crash_after_flush,
    device_rolled_back,  // its store is an older one
    device_cloned,
    device_evicted,  // its store is gone
    device_forgot_cookies,
    other_person,  // another account on the same device
    clock_skewed,
    clock_set_back,
    clock_set_forward,
    server_clock_set,
    lease_ran_out,  // before its holder decided
    rights_revoked,
    rights_restored,
    device_revoked,
    policy_changed,
    item_closed,
    prediction_replaced,
    poison_operation,
    unknown_operation,  // of a type that only a newer version knows
    huge_batch,
    tab_frozen,
    sealed_in_part,
    outbox_file,       // handed in by a lead
    stable_forgotten,  // a device has forgotten what is stable
    subject_erased,
    server_crash_in_erasure,
    log_tampered,
};

inline constexpr size_t kMishaps = static_cast<size_t>(Mishap::log_tampered) + 1;

std::string_view mishap_name(Mishap mishap);

struct MishapCounts {
    std::array<uint64_t, kMishaps> counts{};

    void add(Mishap mishap) { ++counts[static_cast<size_t>(mishap)]; }

    void add(const MishapCounts& others) {
        for (size_t i = 0; i < kMishaps; ++i) {
            counts[i] += others.counts[i];
        }
    }
};

}  // namespace countersign::sim
