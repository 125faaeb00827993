// The guard on a request's head: what it accepts has one meaning, and everything else a refusal.

#include "native/http/head.h"
#include "tests/fuzz/input.h"

using namespace countersign;
using namespace countersign::fuzz;

namespace {

void must_be_plain(const http::RequestLineAndHeaders& head) {
    const api::RequestHead& request = head.request;
    CS_CHECK(request.path.starts_with('/'));
    CS_CHECK(request.path.find("/../") == std::string::npos && !request.path.ends_with("/.."));
    CS_CHECK(utf8::first_invalid(request.path) == utf8::kValid);
    CS_CHECK(!head.host.empty());
    CS_CHECK(request.headers.size() <= http::Limits{}.headers);
    for (const api::Header& header : request.headers) {
        for (const char c : header.first) {
            CS_CHECK(c > ' ' && c != ':' && !(c >= 'A' && c <= 'Z'));
        }
        CS_CHECK(header.second.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    }
    for (const api::Header& parameter : request.query) {
        CS_CHECK(utf8::first_invalid(parameter.first + parameter.second) == utf8::kValid);
    }
    const bool one_framing = head.framing == http::Framing::length || head.content_length == 0;
    CS_CHECK(one_framing);
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view bytes = text_of(data, size);
    const http::HeadScan whole = http::scan_head(bytes, 0);
    // Cut anywhere, it ends at the same place.
    const http::HeadScan begun = http::scan_head(bytes.substr(0, size / 2), 0);
    if (begun.state == http::HeadScan::State::incomplete) {
        const http::HeadScan later = http::scan_head(bytes, size / 2);
        CS_CHECK(later.state == whole.state && later.size == whole.size);
    }
    if (whole.state != http::HeadScan::State::complete) {
        return 0;
    }
    CS_CHECK(whole.size <= size);
    http::RequestLineAndHeaders head;
    const auto refusal = http::read_head(bytes.substr(0, whole.size), http::Limits{}, head);
    if (refusal) {
        CS_CHECK(refusal->status >= 400 && refusal->status <= 505 && !refusal->detail.empty());
        CS_CHECK(utf8::first_invalid(http::refusal_response(*refusal).body) == utf8::kValid);
    } else {
        must_be_plain(head);
    }
    return 0;
}
