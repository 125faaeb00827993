#pragma once
// The cookies of one server, as far as a session needs them (RFC 6265, cut down): Set-Cookie replaces or, with Max-Age
// 0, removes; what is there goes out with each request. Domain, Path and Secure are not looked at, for there is one
// server and one path to it. Kept in a file that only its owner may read, so that a restart finds the session again as
// a browser does.
//
// Thread: any; the transport's and the live feed's threads share a jar.

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/exchange.h"
#include "core/ports/clock.h"

namespace countersign::desktop {

class CookieJar {
public:
    // An empty path: nothing is kept. A file that cannot be read or written means no session at the next start, no
    // more.
    CookieJar(Clock& clock, std::filesystem::path file);

    // Takes the Set-Cookie headers of an answer.
    void take(const std::vector<api::Header>& headers);
    // The value of the Cookie header; empty when there is none to send.
    std::string header();

private:
    struct Cookie {
        std::string name;
        std::string value;
        Instant expires;
    };

    bool take_one(std::string_view set_cookie);
    void drop(std::string_view name);
    void save() const;
    void load();

    Clock& clock_;
    std::filesystem::path file_;
    std::mutex mutex_;
    std::vector<Cookie> cookies_;
};

}  // namespace countersign::desktop
