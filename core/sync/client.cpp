#include "core/sync/client.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/json/fields.h"
#include "core/sync/line.h"

namespace countersign::sync {

namespace {

constexpr size_t kOperationsPerPush = 500;
constexpr size_t kPushBytes = 1'000'000;

ErrorCode code_of(int status) {
    switch (status) {
        case 401: return ErrorCode::unauthenticated;
        case 403: return ErrorCode::forbidden;
        case 404: return ErrorCode::not_found;
        case 409: return ErrorCode::conflict;
        case 429: return ErrorCode::unavailable;
        default: return status >= 400 && status < 500 ? ErrorCode::invalid_argument : ErrorCode::unavailable;
    }
}

Error error_of(const TransportResponse& response) {
    const auto json = parse_json(response.body, {.total_bytes = 1 << 20});
    const Json* detail = json.ok() ? json.value().find("detail") : nullptr;
    const std::string words =
        detail != nullptr && detail->string() != nullptr ? *detail->string() : "the server answered without saying why";
    return fail(code_of(response.status), concat(words, " (", response.status, ")"));
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
    news_ = false;
    pull_.wanted = true;
    push_.wanted = true;
    status_ = {};
    count_operations();
}

void SyncClient::stop() {
    ++*generation_;
    running_ = false;
    pull_ = {};
    push_ = {};
    stopped_.clear();
    intake_.reset();
}

void SyncClient::poke() {
    pull_.wanted = true;
    push_.wanted = true;
    pull_.wait = {};
    push_.wait = {};
    for (auto& [stream, stopped] : stopped_) {
        stopped.wait = {};
    }
    news_ = step_ != Step::rest;
    step_ = step_ == Step::rest ? Step::workset : step_;
}

void SyncClient::operation_added() {
    push_.wanted = true;
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
    for (const auto& [stream, stopped] : stopped_) {
        push_.wanted = push_.wanted || !waits(stopped.wait);
    }
    if (push_.wanted && !push_.in_flight && !waits(push_.wait)) {
        start_push();
    }
    if (pull_.wanted && !pull_.in_flight && intake_ == nullptr && !waits(pull_.wait)) {
        start_pull();
    }
    status_.pulling = pull_.in_flight || intake_ != nullptr;
    status_.pushing = push_.in_flight;
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
    for (const auto& [stream, stopped] : stopped_) {
        if (!push_.in_flight) {
            at(Duration{std::max(stopped.wait.until.us, push_.wait.until.us)});
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

void SyncClient::request(TransportRequest request, void (SyncClient::*answered)(const TransportResponse&), Way& way) {
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
    status_.push_stopped = stopped_.empty() ? std::nullopt : std::optional(stopped_.begin()->second.why);
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
        stop_stream(error);
        return true;
    }
    failed(error, way);
    status_.online = response.status < 500;
    if (error.code == ErrorCode::unauthenticated) {
        status_.signed_out = true;
        push_.wanted = false;
        pull_.wanted = false;
        stopped_.clear();
    }
    return true;
}

void SyncClient::stop_stream(const Error& why) {
    Stopped& stopped = stopped_[pushed_stream_.text];
    stopped.why = why;
    wait_longer(stopped.wait);
    push_.wanted = true;  // for the other streams
    status_.last_error = why;
    changed_ = true;
}

void SyncClient::start_push() {
    push_.wanted = false;
    const auto account = device_.stream_of(actor_);
    const auto streams = account.ok() ? store::waiting_streams(device_.database(), account.value())
                                      : Result<std::vector<StreamId>>(account.error());
    if (!streams.ok()) {
        failed(streams.error(), push_);
        return;
    }
    // A stream in which nothing waits any more is not stopped.
    std::erase_if(stopped_, [&](const auto& stopped) {
        return std::find(streams.value().begin(), streams.value().end(), StreamId(stopped.first)) ==
               streams.value().end();
    });
    for (const StreamId& stream : streams.value()) {
        const auto stopped = stopped_.find(stream.text);
        if (stopped != stopped_.end() && waits(stopped->second.wait)) {
            continue;
        }
        if (const Status sent = send_waiting(stream); !sent.ok()) {
            failed(sent.error(), push_);
        }
        return;
    }
}

Status SyncClient::send_waiting(const StreamId& stream) {
    const std::vector<store::OperationRow> rows =
        CS_TRY(store::waiting_run(device_.database(), stream, kOperationsPerPush));
    if (rows.empty()) {
        return fail(
            ErrorCode::corrupt,
            "the store is damaged: it counts operations that wait and does not find them; put a copy of it in its "
            "place");
    }
    TransportRequest out{"POST", concat("/api/v1/projects/", rows.front().project.text, "/operations"),
                         "application/jsonl", ""};
    for (const store::OperationRow& row : rows) {
        const auto notes = store::read_notes(device_.database(), row.item_no);
        std::string line =
            push_line(row.bytes, notes.ok() ? texts_named_in(row.bytes, notes.value()) : std::vector<CommittedText>());
        if (!out.body.empty() && out.body.size() + line.size() > kPushBytes) {
            break;
        }
        out.body += line;
        out.body += '\n';
    }
    pushed_stream_ = stream;
    pushed_project_ = rows.front().project;
    request(std::move(out), &SyncClient::take_push, push_);
    return success();
}

void SyncClient::take_push(const TransportResponse& response) {
    const Device::Row row = pushed_project_ == project_ ? Device::Row::known : Device::Row::of_other_project;
    const auto answer = take_push_answer(device_, pushed_project_, response.body, row);
    changed_ = true;
    if (!answer.ok()) {
        stop_stream(answer.error());
        return;
    }
    const int64_t waited = status_.operations.on_device;
    count_operations();
    // The server stopped at one that it will not take: that is tried again later. So is an answer that settles nothing,
    // or device and server would talk without an end.
    if (answer.value().stopped) {
        stop_stream(*answer.value().stopped);
    } else if (status_.operations.on_device >= waited) {
        stop_stream(fail(ErrorCode::corrupt, "the server's answer settled none of the operations that it was sent"));
    } else {
        stopped_.erase(pushed_stream_.text);
        push_.wanted = status_.operations.on_device > 0;
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
