#include "core/sync/client.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/sync/line.h"

namespace countersign::sync {

namespace {

constexpr size_t kOperationsPerPush = 500;
constexpr size_t kPushBytes = 1'000'000;

Error error_of(const TransportResponse& response) {
    const auto json = parse_json(response.body, {.total_bytes = 1 << 20});
    const Json* detail = json.ok() ? json.value().find("detail") : nullptr;
    const std::string words =
        detail != nullptr && detail->string() != nullptr ? *detail->string() : "the server answered without saying why";
    const ErrorCode code = response.status == 401   ? ErrorCode::unauthenticated
                           : response.status == 403 ? ErrorCode::forbidden
                           : response.status == 404 ? ErrorCode::not_found
                           : response.status == 409 ? ErrorCode::conflict
                                                    : ErrorCode::unavailable;
    return fail(code, concat(words, " (", response.status, ")"));
}

}  // namespace

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
    pull_wanted_ = true;
    push_wanted_ = true;
    status_ = {};
    count_operations();
}

void SyncClient::stop() {
    ++*generation_;
    running_ = false;
    pull_in_flight_ = false;
    push_in_flight_ = false;
    intake_.reset();
    failures_ = 0;
    retry_after_ = {};
}

void SyncClient::poke() {
    pull_wanted_ = true;
    push_wanted_ = true;
    failures_ = 0;
    retry_after_ = {};
    step_ = step_ == Step::rest ? Step::workset : step_;
}

void SyncClient::operation_added() {
    push_wanted_ = true;
    count_operations();
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
    if (clock_.monotonic() >= retry_after_) {
        if (push_wanted_ && !push_in_flight_) {
            start_push();
        }
        if (pull_wanted_ && !pull_in_flight_ && intake_ == nullptr) {
            start_pull();
        }
    }
    status_.pulling = pull_in_flight_ || intake_ != nullptr;
    status_.pushing = push_in_flight_;
    return changed_;
}

std::optional<Duration> SyncClient::next_run() const {
    if (!running_) {
        return std::nullopt;
    }
    if (intake_ != nullptr) {
        return Duration{0};
    }
    const bool pull_due = pull_wanted_ && !pull_in_flight_;
    const bool push_due = push_wanted_ && !push_in_flight_;
    if (!pull_due && !push_due) {
        return std::nullopt;
    }
    return Duration{std::max<int64_t>(0, retry_after_.us - clock_.monotonic().us)};
}

void SyncClient::request(TransportRequest request, void (SyncClient::*answered)(const TransportResponse&), bool push) {
    (push ? push_in_flight_ : pull_in_flight_) = true;
    transport_.send(std::move(request), [this, answered, push, generation = generation_,
                                         mine = *generation_](Result<TransportResponse> result) {
        if (*generation != mine) {
            return;
        }
        (push ? push_in_flight_ : pull_in_flight_) = false;
        if (!result.ok()) {
            failed(result.error(), push);
        } else if (!answered_badly(result.value(), push)) {
            status_.online = true;
            status_.signed_out = false;
            status_.last_contact = clock_.now();
            status_.last_error.reset();
            status_.retry_at.reset();
            failures_ = 0;
            retry_after_ = {};
            (this->*answered)(result.value());
        }
    });
}

void SyncClient::failed(const Error& error, bool push) {
    (push ? push_wanted_ : pull_wanted_) = true;
    status_.online = error.code != ErrorCode::unavailable;
    status_.last_error = error;
    failures_ = std::min<uint32_t>(failures_ + 1, 7);
    const int64_t longest_us = std::min<int64_t>(kSecond_us << (failures_ - 1), kMinute_us);
    const auto chance = static_cast<unsigned char>(entropy_.bytes(1)[0]);
    const Duration wait{longest_us - longest_us / 2 * chance / 256};
    retry_after_ = Duration{clock_.monotonic().us + wait.us};
    status_.retry_at = clock_.now() + wait;
    changed_ = true;
}

// Anything but a success: kept, shown, tried again. Only a sign-in can help a 401, so that waits for start() or poke().
bool SyncClient::answered_badly(const TransportResponse& response, bool push) {
    if (response.status >= 200 && response.status < 300) {
        return false;
    }
    const Error error = error_of(response);
    failed(error, push);
    status_.online = response.status < 500;
    if (error.code == ErrorCode::unauthenticated) {
        status_.signed_out = true;
        push_wanted_ = false;
        pull_wanted_ = false;
    }
    if (push && error.code != ErrorCode::unauthenticated && error.code != ErrorCode::unavailable) {
        status_.push_stopped = error;
    }
    return true;
}

void SyncClient::start_push() {
    push_wanted_ = false;
    const auto stream = device_.stream_of(actor_);
    if (!stream.ok()) {
        failed(stream.error(), true);
        return;
    }
    const auto waiting = store::waiting_operations(device_.database(), stream.value(), 1, kOperationsPerPush);
    if (!waiting.ok()) {
        failed(waiting.error(), true);
        return;
    }
    TransportRequest out{"POST", path("/operations"), "application/jsonl", ""};
    for (const store::OperationRow& row : waiting.value()) {
        const auto notes = store::read_notes(device_.database(), row.item_no);
        std::string line =
            push_line(row.bytes, notes.ok() ? texts_named_in(row.bytes, notes.value()) : std::vector<CommittedText>());
        if (!out.body.empty() && out.body.size() + line.size() > kPushBytes) {
            break;
        }
        out.body += line;
        out.body += '\n';
    }
    if (!out.body.empty()) {
        request(std::move(out), &SyncClient::take_push, true);
    }
}

void SyncClient::take_push(const TransportResponse& response) {
    const auto answer = take_push_answer(device_, project_, response.body);
    changed_ = true;
    if (!answer.ok()) {
        failed(answer.error(), true);
        return;
    }
    status_.push_stopped = answer.value().stopped;
    count_operations();
    // More is waiting, unless the server stopped at one that it will not take: that is tried again later.
    if (answer.value().stopped) {
        failed(*answer.value().stopped, true);
    } else {
        push_wanted_ = status_.operations.on_device > 0;
    }
}

void SyncClient::count_operations() {
    const auto stream = device_.stream_of(actor_);
    if (stream.ok()) {
        auto counts = store::count_operations(device_.database(), stream.value());
        if (counts.ok()) {
            status_.operations = counts.value();
        }
    }
}

}  // namespace countersign::sync
