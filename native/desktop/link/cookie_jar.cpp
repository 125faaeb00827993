#include "native/desktop/link/cookie_jar.h"

#include <algorithm>
#include <charconv>

#include "core/base/concat.h"
#include "native/platform/files.h"

namespace countersign::desktop {

namespace {

constexpr Duration kWithoutMaxAge{12 * kHour_us};  // "until the browser closes" has no meaning here
constexpr uint64_t kFileLimit_bytes = 16'000;

std::string_view trimmed(std::string_view text) {
    const size_t from = text.find_first_not_of(" \t");
    return from == std::string_view::npos ? std::string_view()
                                          : text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

std::string_view take_until(std::string_view& rest, char end) {
    const std::string_view part = rest.substr(0, rest.find(end));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    return part;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

bool read_number(std::string_view text, int64_t& out) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    return code == std::errc{} && end == text.data() + text.size();
}

}  // namespace

CookieJar::CookieJar(Clock& clock, std::filesystem::path file) : clock_(clock), file_(std::move(file)) {
    load();
}

void CookieJar::take(const std::vector<api::Header>& headers) {
    const std::lock_guard lock(mutex_);
    bool changed = false;
    for (const auto& [name, value] : headers) {
        changed = (name == "set-cookie" && take_one(value)) || changed;
    }
    if (changed) {
        save();
    }
}

bool CookieJar::take_one(std::string_view set_cookie) {
    std::string_view pair = take_until(set_cookie, ';');
    Cookie cookie;
    cookie.name = trimmed(take_until(pair, '='));
    cookie.value = trimmed(pair);
    if (cookie.name.empty()) {
        return false;
    }
    int64_t life_us = kWithoutMaxAge.us;
    while (!set_cookie.empty()) {
        std::string_view attribute = take_until(set_cookie, ';');
        int64_t seconds = 0;
        constexpr int64_t kMost_s = 400LL * 24 * 3600;  // RFC 6265bis, 5.5
        if (lower(trimmed(take_until(attribute, '='))) == "max-age" && read_number(trimmed(attribute), seconds)) {
            life_us = std::clamp(seconds, int64_t{0}, kMost_s) * kSecond_us;
        }
    }
    drop(cookie.name);
    if (life_us > 0) {
        cookie.expires = clock_.now() + Duration{life_us};
        cookies_.push_back(std::move(cookie));
    }
    return true;
}

void CookieJar::drop(std::string_view name) {
    std::erase_if(cookies_, [&](const Cookie& known) { return known.name == name; });
}

std::string CookieJar::header() {
    const std::lock_guard lock(mutex_);
    const Instant now = clock_.now();
    std::erase_if(cookies_, [&](const Cookie& cookie) { return cookie.expires <= now; });
    std::string out;
    for (const Cookie& cookie : cookies_) {
        out += concat(out.empty() ? "" : "; ", cookie.name, '=', cookie.value);
    }
    return out;
}

// One cookie a line: when it ends (microseconds UTC), its name, its value.
void CookieJar::save() const {
    if (file_.empty()) {
        return;
    }
    std::string lines;
    for (const Cookie& cookie : cookies_) {
        lines += concat(cookie.expires.us, ' ', cookie.name, ' ', cookie.value, '\n');
    }
    static_cast<void>(native::write_file(file_, lines, true).ok());
}

void CookieJar::load() {
    const auto bytes = file_.empty() ? Result<std::string>(std::string()) : native::read_file(file_, kFileLimit_bytes);
    if (!bytes.ok()) {
        return;
    }
    for (std::string_view rest = bytes.value(); !rest.empty();) {
        std::string_view line = take_until(rest, '\n');
        Cookie cookie;
        const bool dated = read_number(take_until(line, ' '), cookie.expires.us);
        cookie.name = take_until(line, ' ');
        cookie.value = line;
        if (dated && !cookie.name.empty()) {
            cookies_.push_back(std::move(cookie));
        }
    }
}

}  // namespace countersign::desktop
