#include <algorithm>
#include <charconv>

#include "core/base/concat.h"
#include "native/http/client.h"
#include "native/http/target.h"

namespace countersign::http {

std::string Endpoint::text() const {
    const bool v6 = host.find(':') != std::string::npos;
    return concat(v6 ? "[" : "", host, v6 ? "]:" : ":", port);
}

Result<Endpoint> parse_endpoint(std::string_view url) {
    const std::string_view whole = url;
    if (url.starts_with("https://")) {
        return fail(ErrorCode::invalid_argument,
                    concat("https is not spoken by this program; run a TLS proxy on this machine and give its http "
                           "address instead of ",
                           whole));
    }
    if (url.starts_with("http://")) {
        url.remove_prefix(7);
    }
    if (url.ends_with('/')) {
        url.remove_suffix(1);
    }
    const std::optional<std::string_view> name = host_name(url);
    if (!name) {
        return fail(ErrorCode::invalid_argument,
                    concat("this is no server's address; an example is http://127.0.0.1:8080: ", whole));
    }
    Endpoint endpoint;
    endpoint.host = name->starts_with('[') ? name->substr(1, name->size() - 2) : *name;
    const std::string_view port = url.substr(std::min(url.size(), name->size() + 1));
    if (!port.empty()) {
        std::from_chars(port.data(), port.data() + port.size(), endpoint.port);  // host_name() has seen to its form
    }
    return endpoint;
}

}  // namespace countersign::http
