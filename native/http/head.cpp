#include "native/http/head.h"

#include <algorithm>
#include <array>

#include "core/base/concat.h"
#include "native/http/target.h"

namespace countersign::http {
namespace {

constexpr std::string_view kAllowedMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

Refusal bad(std::string detail) {
    return {400, std::move(detail), {}};
}

// RFC 9110, 5.6.2: tchar
constexpr std::array<bool, 256> make_token_table() {
    std::array<bool, 256> table{};
    for (const char c :
         std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}

constexpr std::array<bool, 256> kToken = make_token_table();

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return kToken[static_cast<unsigned char>(c)]; });
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equals_ignoring_case(std::string_view a, std::string_view lower_case) {
    return std::ranges::equal(a, lower_case, [](char x, char y) { return lower(x) == y; });
}

std::string_view trimmed(std::string_view text) {
    const size_t first = text.find_first_not_of(" \t");
    if (first == text.npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_listed(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const std::string_view one = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), one.size() + 1));
        if (equals_ignoring_case(trimmed(one), token)) {
            return true;
        }
    }
    return false;
}

// The line up to CRLF; removes it and the CRLF. scan_head() has made sure that there is one.
std::string_view take_line(std::string_view& bytes) {
    const size_t end = std::min(bytes.find("\r\n"), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(bytes.size(), end + 2));
    return line;
}

std::optional<Refusal> read_method(std::string_view method, RequestLineAndHeaders& out) {
    static constexpr std::string_view kKnown[] = {"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"};
    if (!is_token(method)) {
        return bad("the request line does not start with a method");
    }
    if (std::ranges::find(kKnown, method) != std::end(kKnown)) {
        out.head_only = method == "HEAD";
        out.request.method = out.head_only ? "GET" : method;
        return std::nullopt;
    }
    const bool refused_on_purpose = method == "CONNECT" || method == "TRACE";
    return Refusal{refused_on_purpose ? 405 : 501,
                   concat("the method is not one of ", kAllowedMethods, "; methods are written in capitals"),
                   {"allow", std::string(kAllowedMethods)}};
}

std::optional<Refusal> read_version(std::string_view version, RequestLineAndHeaders& out) {
    if (version == "HTTP/1.1") {
        return std::nullopt;
    }
    if (version == "HTTP/1.0") {
        out.http_1_0 = true;
        out.keep_alive = false;
        return std::nullopt;
    }
    const bool well_formed = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.' &&
                             version[5] >= '0' && version[5] <= '9' && version[7] >= '0' && version[7] <= '9';
    if (well_formed) {
        return Refusal{505, "this server speaks HTTP/1.1 and HTTP/1.0", {}};
    }
    return bad("the request line does not end with an HTTP version, like 'GET /path HTTP/1.1'");
}

// Origin form, or absolute form with http or https; gives the authority of the latter.
std::optional<Refusal> read_target(std::string_view target, const Limits& limits, RequestLineAndHeaders& out,
                                   std::string_view& authority) {
    if (target.size() > limits.target_bytes) {
        return Refusal{414, concat("the target is longer than ", limits.target_bytes, " bytes"), {}};
    }
    out.raw_target = target;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (target.size() > scheme.size() && equals_ignoring_case(target.substr(0, scheme.size()), scheme)) {
            target.remove_prefix(scheme.size());
            authority = target.substr(0, target.find_first_of("/?"));
            target.remove_prefix(authority.size());
            break;
        }
    }
    const std::string_view path = target.substr(0, target.find('?'));
    const std::string_view query = path.size() == target.size() ? std::string_view() : target.substr(path.size() + 1);
    if (auto refusal = read_path(path.empty() && !authority.empty() ? "/" : path, out.request.path)) {
        return refusal;
    }
    return read_query(query, limits, out.request.query);
}

std::optional<Refusal> read_headers(std::string_view bytes, const Limits& limits, std::vector<api::Header>& out) {
    for (std::string_view line = take_line(bytes); !line.empty(); line = take_line(bytes)) {
        if (line.front() == ' ' || line.front() == '\t') {
            return bad("a header is continued on a second line; that form is obsolete and refused");
        }
        if (out.size() == limits.headers) {
            return Refusal{431, concat("the request has more than ", limits.headers, " headers"), {}};
        }
        const size_t colon = line.find(':');
        if (colon == line.npos) {
            return bad("a header line has no colon");
        }
        if (!is_token(line.substr(0, colon))) {
            return bad("a header's name holds a character that no name may hold, or a space before the colon");
        }
        std::string name(line.substr(0, colon));
        std::ranges::transform(name, name.begin(), lower);
        out.emplace_back(std::move(name), trimmed(line.substr(colon + 1)));
    }
    return std::nullopt;
}

// Headers of which a second one is a second opinion about the same thing.
std::optional<Refusal> refuse_repeated(const std::vector<api::Header>& headers) {
    static constexpr std::string_view kSingle[] = {"host",   "content-length",  "transfer-encoding",
                                                   "expect", "content-type",    "authorization",
                                                   "origin", "content-encoding"};
    for (const std::string_view name : kSingle) {
        if (std::ranges::count(headers, name, &api::Header::first) > 1) {
            return bad(concat("the header '", name, "' stands more than once"));
        }
    }
    return std::nullopt;
}

bool has_header(const std::vector<api::Header>& headers, std::string_view name) {
    return std::ranges::find(headers, name, &api::Header::first) != headers.end();
}

std::optional<Refusal> read_host(std::string_view authority, RequestLineAndHeaders& out) {
    const auto& headers = out.request.headers;
    if (!has_header(headers, "host")) {
        return bad("the header 'host' is missing");
    }
    const std::string_view host = header_value(headers, "host");
    const std::optional<std::string_view> name = host_name(host);
    if (!name) {
        return bad("the header 'host' is no host name with an optional port");
    }
    if (!authority.empty() && !std::ranges::equal(authority, host, {}, lower, lower)) {
        return bad("the target names another host than the header 'host'");
    }
    out.host = *name;
    std::ranges::transform(out.host, out.host.begin(), lower);
    return std::nullopt;
}

std::optional<Refusal> read_content_length(std::string_view value, RequestLineAndHeaders& out) {
    const bool digits = !value.empty() && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || value.size() > 18) {
        return bad("the header 'content-length' must be one number of at most 18 digits, without sign or list");
    }
    uint64_t length = 0;
    for (const char c : value) {
        length = length * 10 + static_cast<uint64_t>(c - '0');
    }
    out.framing = Framing::length;
    out.content_length = length;
    return std::nullopt;
}

std::optional<Refusal> read_framing(RequestLineAndHeaders& out) {
    const auto& headers = out.request.headers;
    const bool length = has_header(headers, "content-length");
    if (has_header(headers, "transfer-encoding")) {
        const std::string_view coding = header_value(headers, "transfer-encoding");
        if (length) {
            return bad("'content-length' and 'transfer-encoding' stand in one request");
        }
        if (out.http_1_0) {
            return bad("'transfer-encoding' does not exist in HTTP/1.0");
        }
        if (!equals_ignoring_case(coding, "chunked")) {
            return Refusal{501, "the only transfer encoding that is understood here is exactly 'chunked'", {}};
        }
        out.framing = Framing::chunked;
        return std::nullopt;
    }
    if (length) {
        return read_content_length(header_value(headers, "content-length"), out);
    }
    const std::string& method = out.request.method;
    if (method == "POST" || method == "PUT" || method == "PATCH") {
        return Refusal{411, "a request with this method needs 'content-length' (0 for an empty body) or chunks", {}};
    }
    return std::nullopt;
}

std::optional<Refusal> read_connection(RequestLineAndHeaders& out) {
    for (const auto& [name, value] : out.request.headers) {
        if (name == "connection" && is_listed(value, "close")) {
            out.keep_alive = false;
        }
    }
    if (has_header(out.request.headers, "expect")) {
        if (!equals_ignoring_case(header_value(out.request.headers, "expect"), "100-continue")) {
            return Refusal{417, "the only expectation that is met here is '100-continue'", {}};
        }
        out.expects_continue = !out.http_1_0;
    }
    return std::nullopt;
}

}  // namespace

HeadScan scan_head(std::string_view bytes, size_t from) {
    // One byte back: a carriage return may have been the last byte that was there.
    for (size_t i = from == 0 ? 0 : from - 1; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte >= 0x20 && byte != 0x7F) [[likely]] {
            continue;
        }
        const char before = i == 0 ? '\0' : bytes[i - 1];
        if (byte == '\n' && before == '\r') {
            if (i >= 3 && bytes[i - 2] == '\n') {
                return {HeadScan::State::complete, i + 1};
            }
            continue;
        }
        const bool feed_follows = byte == '\r' && (i + 1 == bytes.size() || bytes[i + 1] == '\n');
        if (byte != '\t' && !feed_follows) {
            return {HeadScan::State::malformed, 0};
        }
    }
    return {};
}

std::optional<Refusal> read_head(std::string_view bytes, const Limits& limits, RequestLineAndHeaders& out) {
    const std::string_view line = take_line(bytes);
    const size_t first = std::min(line.find(' '), line.size());
    const size_t last = line.rfind(' ');
    if (auto refusal = read_method(line.substr(0, first), out)) {
        return refusal;
    }
    if (last == line.npos || last <= first + 1) {
        return bad("the request line is not 'METHOD target HTTP/1.1' with single spaces");
    }
    if (auto refusal = read_version(line.substr(last + 1), out)) {
        return refusal;
    }
    std::string_view authority;
    if (auto refusal = read_target(line.substr(first + 1, last - first - 1), limits, out, authority)) {
        return refusal;
    }
    out.request.headers.reserve(16);
    if (auto refusal = read_headers(bytes, limits, out.request.headers)) {
        return refusal;
    }
    if (auto refusal = refuse_repeated(out.request.headers)) {
        return refusal;
    }
    if (auto refusal = read_host(authority, out)) {
        return refusal;
    }
    if (auto refusal = read_framing(out)) {
        return refusal;
    }
    return read_connection(out);
}

Refusal head_too_large(std::string_view bytes, const Limits& limits) {
    if (bytes.find("\r\n") == bytes.npos) {
        return {414,
                concat("the request line is longer than allowed: the target may have ", limits.target_bytes, " bytes"),
                {}};
    }
    return {431, concat("request line and headers are longer than ", limits.head_bytes, " bytes together"), {}};
}

}  // namespace countersign::http
