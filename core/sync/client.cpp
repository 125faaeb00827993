#include "core/sync/client.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/store/notices.h"
#include "core/sync/problem.h"

namespace countersign::sync {

SyncClient::SyncClient(Device& device, Transport& transport, Clock& clock, Entropy& entropy)
    : device_(device),
      transport_(transport),
      clock_(clock),
      entropy_(entropy),
      generation_(std::make_shared<uint64_t>(0)) {}

SyncClient::~SyncClient() {
    ++*generation_;
}

void SyncClient::start(const ActorId& actor, const ProjectId& project) {
    stop();
    actor_ = actor;
    project_ = project;
    running_ = true;
    step_ = Step::project;
    news_ = false;
    pull_.wanted = true;
    push_.wanted = true;
    log_watch_ = std::make_unique<LogWatch>(device_, actor_, project_);
    checkpoint_.clear();
    stood_by_.clear();
    status_ = {};
    count();
}

void SyncClient::stop() {
    ++*generation_;
    running_ = false;
    pull_ = {};
    push_ = {};
    watch_ = {};
    sending_.clear();
    intake_.reset();
}

void SyncClient::poke() {
    pull_.wanted = true;
    push_.wanted = true;
    pull_.wait = {};
    push_.wait = {};
    for (auto& [stream, sending] : sending_) {
        sending.wait = {};
    }
    news_ = step_ != Step::rest;
    step_ = step_ == Step::rest ? Step::feed : step_;
}

void SyncClient::operation_added() {
    push_.wanted = true;
    count();
}

void SyncClient::notices_read() {
    count();
}

std::string SyncClient::path(std::string_view rest) const {
    return concat("/api/v1/projects/", project_.text, rest);
}

bool SyncClient::run() {
    changed_ = false;
    if (!running_) {
        return false;
    }
    if (intake_ != nullptr) {
        take_lines();
    }
    for (const auto& [stream, sending] : sending_) {
        push_.wanted = push_.wanted || (sending.stopped && !waits(sending.wait));
    }
    if (push_.wanted && !push_.in_flight && !waits(push_.wait)) {
        start_push();
    }
    if (pull_.wanted && !pull_.in_flight && intake_ == nullptr && !waits(pull_.wait)) {
        start_pull();
    }
    if (watch_.wanted && !watch_.in_flight && !waits(watch_.wait)) {
        start_watch();
    }
    status_.pulling = pull_.in_flight || intake_ != nullptr;
    status_.pushing = push_.in_flight;
    status_.snapshot = step_ == Step::snapshot;
    return changed_;
}

// Monotonic time of the next try of anything that is not under way.
std::optional<Duration> SyncClient::next_try() const {
    std::optional<Duration> next;
    const auto at = [&](Duration time) {
        next = next ? std::min(*next, time, [](auto a, auto b) { return a.us < b.us; }) : time;
    };
    if (pull_.wanted && !pull_.in_flight) {
        at(pull_.wait.until);
    }
    if (push_.wanted && !push_.in_flight) {
        at(push_.wait.until);
    }
    if (watch_.wanted && !watch_.in_flight) {
        at(watch_.wait.until);
    }
    for (const auto& [stream, sending] : sending_) {
        if (sending.stopped && !push_.in_flight) {
            at(Duration{std::max(sending.wait.until.us, push_.wait.until.us)});
        }
    }
    return next;
}

std::optional<Duration> SyncClient::next_run() const {
    if (!running_) {
        return std::nullopt;
    }
    if (intake_ != nullptr) {
        return Duration{0};
    }
    const auto next = next_try();
    return next ? std::optional(Duration{std::max<int64_t>(0, next->us - clock_.monotonic().us)}) : std::nullopt;
}

void SyncClient::request(TransportRequest request, Answered answered, Way& way) {
    way.in_flight = true;
    transport_.send(std::move(request), [this, answered, &way, generation = generation_,
                                         mine = *generation_](Result<TransportResponse> result) {
        if (*generation != mine) {
            return;
        }
        way.in_flight = false;
        if (!result.ok()) {
            failed(result.error(), way);
        } else if (!answered_badly(result.value(), way)) {
            reached_server(way);
            (this->*answered)(result.value());
        }
        show_waits();
    });
}

void SyncClient::reached_server(Way& way) {
    status_.online = true;
    status_.signed_out = false;
    status_.last_contact = clock_.now();
    status_.last_error.reset();
    way.wait = {};
}

void SyncClient::wait_longer(Wait& wait) {
    wait.failures = std::min<uint32_t>(wait.failures + 1, 7);
    const int64_t longest_us = std::min<int64_t>(kSecond_us << (wait.failures - 1), kMinute_us);
    const auto chance = static_cast<unsigned char>(entropy_.bytes(1)[0]);
    wait.until = Duration{clock_.monotonic().us + longest_us - longest_us / 2 * chance / 256};
}

void SyncClient::failed(const Error& error, Way& way) {
    way.wanted = true;
    status_.online = error.code != ErrorCode::unavailable;
    status_.last_error = error;
    wait_longer(way.wait);
    show_waits();
    changed_ = true;
}

// What the status says about waiting and about streams that are stopped.
void SyncClient::show_waits() {
    const auto next = next_try();
    const Duration now = clock_.monotonic();
    status_.retry_at =
        next && next->us > now.us ? std::optional(clock_.now() + Duration{next->us - now.us}) : std::nullopt;
    status_.push_stopped.reset();
    for (const auto& [stream, sending] : sending_) {
        if (sending.stopped) {
            status_.push_stopped = sending.stopped;
            break;
        }
    }
}

// Anything but a success: kept, shown, tried again. Only a sign-in can help a 401, so that waits for start() or poke().
// What the server will not take stops its own stream only.
bool SyncClient::answered_badly(const TransportResponse& response, Way& way) {
    if (response.status >= 200 && response.status < 300) {
        return false;
    }
    const Error error = error_of(response);
    const bool of_stream =
        &way == &push_ && error.code != ErrorCode::unauthenticated && error.code != ErrorCode::unavailable;
    if (of_stream) {
        reached_server(way);
        push_refused(response, error);
        return true;
    }
    if (&way == &pull_ && pull_refused(error)) {
        return true;
    }
    failed(error, way);
    status_.online = response.status < 500;
    if (error.code == ErrorCode::unauthenticated) {
        status_.signed_out = true;
        push_.wanted = false;
        pull_.wanted = false;
        watch_.wanted = false;
        for (auto& [stream, sending] : sending_) {
            sending.stopped.reset();
        }
    }
    return true;
}

void SyncClient::count() {
    const auto counts = store::count_operations(device_.database(), actor_);
    if (counts.ok()) {
        status_.operations = counts.value();
    }
    const auto notices = store::notices_of(device_.database(), actor_);
    if (notices.ok()) {
        status_.notices = notices.value().size();
    }
}

}  // namespace countersign::sync
