#include "native/desktop/link/http_live_feed.h"

#include <algorithm>
#include <utility>

#include "native/desktop/link/event_stream.h"

namespace countersign::desktop {

namespace {

// Longer than a server's heartbeat (native/http/limits.h), so that silence means that it is gone.
constexpr http::ClientLimits kLimits{.connect_time = std::chrono::seconds(5), .silence_time = std::chrono::seconds(60)};
constexpr int kMostDoublings = 10;

}  // namespace

HttpLiveFeed::HttpLiveFeed(http::Endpoint endpoint, std::shared_ptr<CookieJar> cookies, Inbox& inbox, Entropy& entropy,
                           std::function<void()> poke, Pauses pauses)
    : endpoint_(std::move(endpoint)),
      cookies_(std::move(cookies)),
      inbox_(inbox),
      entropy_(entropy),
      poke_(std::move(poke)),
      pauses_(pauses),
      thread_([this] { run(); }) {}

HttpLiveFeed::~HttpLiveFeed() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        if (listening_ != nullptr) {
            listening_->cancel();
        }
    }
    changed_.notify_one();
    thread_.join();
}

void HttpLiveFeed::follow(std::string_view path) {
    {
        const std::lock_guard lock(mutex_);
        if (path == path_) {
            return;
        }
        path_ = path;
        ++change_;
        if (listening_ != nullptr) {
            listening_->cancel();
        }
    }
    changed_.notify_one();
}

void HttpLiveFeed::run() {
    int failures = 0;
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || !path_.empty(); });
        if (stopping_) {
            return;
        }
        const std::string path = path_;
        const uint64_t change = change_;
        http::Client client(endpoint_, kLimits);
        listening_ = &client;
        lock.unlock();
        failures = listen(client, path) ? 0 : failures + 1;
        lock.lock();
        listening_ = nullptr;
        const auto overtaken = [&] { return stopping_ || change_ != change; };
        if (overtaken() || changed_.wait_for(lock, pause_after(failures), overtaken)) {
            failures = 0;
        }
    }
}

bool HttpLiveFeed::listen(http::Client& client, const std::string& path) {
    EventStream events;
    bool open = false;
    http::ClientRequest request{.target = path, .headers = {{"accept", "text/event-stream"}}};
    if (std::string cookie = cookies_->header(); !cookie.empty()) {
        request.headers.emplace_back("cookie", std::move(cookie));
    }
    const auto ended = client.send(request, [&](std::string_view piece) -> Status {
        // News may have been missed while nobody listened.
        if (events.feed(piece) > 0 || !std::exchange(open, true)) {
            inbox_.post(poke_);
        }
        return success();
    });
    return open || (ended.ok() && ended.value().status / 100 == 2);
}

// Half to one and a half of the pause: a server that comes back is not met by everybody at once.
std::chrono::milliseconds HttpLiveFeed::pause_after(int failures) {
    const auto pause = std::min(pauses_.longest, pauses_.first * (1 << std::clamp(failures, 0, kMostDoublings)));
    const auto byte = static_cast<unsigned char>(entropy_.bytes(1).front());
    return pause / 2 + pause * byte / 255;
}

}  // namespace countersign::desktop
