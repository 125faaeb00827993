#pragma once
// The server's news by server-sent events, on a thread of its own: each event, and each time that the connection is
// back, becomes one call of the desk's poke() through the inbox. Reconnects with a growing, jittered pause.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/ports/entropy.h"
#include "core/ports/live_feed.h"
#include "native/desktop/link/cookie_jar.h"
#include "native/desktop/link/inbox.h"
#include "native/http/client.h"

namespace countersign::desktop {

// News of a local folder: none, for nobody else may write it while it is open here.
class NoNews final : public LiveFeed {
public:
    void follow(std::string_view) override {}
};

class HttpLiveFeed final : public LiveFeed {
public:
    struct Pauses {
        std::chrono::milliseconds first;
        std::chrono::milliseconds longest;
    };

    // `poke` runs on the frame thread, also shortly after the feed's end. Inbox and entropy outlive the feed.
    HttpLiveFeed(http::Endpoint endpoint, std::shared_ptr<CookieJar> cookies, Inbox& inbox, Entropy& entropy,
                 std::function<void()> poke, Pauses pauses);
    ~HttpLiveFeed() override;
    HttpLiveFeed(const HttpLiveFeed&) = delete;
    HttpLiveFeed& operator=(const HttpLiveFeed&) = delete;

    void follow(std::string_view path) override;

private:
    void run();
    // One connection until it ends; true when it had been open.
    bool listen(http::Client& client, const std::string& path);
    std::chrono::milliseconds pause_after(int failures);

    http::Endpoint endpoint_;
    std::shared_ptr<CookieJar> cookies_;
    Inbox& inbox_;
    Entropy& entropy_;
    std::function<void()> poke_;
    Pauses pauses_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::string path_;
    uint64_t change_ = 0;  // counts calls of follow(), so that the thread sees that its path is an old one
    http::Client* listening_ = nullptr;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace countersign::desktop
