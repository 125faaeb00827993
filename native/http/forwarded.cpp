#include "native/http/forwarded.h"

#include <algorithm>

#include <boost/asio/ip/address.hpp>

#include "native/http/status.h"

namespace countersign::http {
namespace {

std::string_view trimmed(std::string_view text) {
    const size_t first = text.find_first_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::string client_address(const std::string& peer, const std::vector<api::Header>& headers,
                           const std::vector<std::string>& trusted_proxies) {
    const auto trusted = [&](const std::string& address) {
        return std::ranges::find(trusted_proxies, address) != trusted_proxies.end();
    };
    std::string nearest = peer;
    // Several headers of the name read as one list, in their order.
    for (auto header = headers.rbegin(); header != headers.rend(); ++header) {
        std::string_view list =
            header->first == "x-forwarded-for" ? std::string_view(header->second) : std::string_view();
        while (!list.empty() && trusted(nearest)) {
            const size_t comma = list.rfind(',');
            const std::string_view one = trimmed(comma == list.npos ? list : list.substr(comma + 1));
            list = comma == list.npos ? std::string_view() : list.substr(0, comma);
            boost::system::error_code code;
            const auto address = boost::asio::ip::make_address(std::string(one), code);
            if (code) {
                return nearest;
            }
            nearest = address.to_string();
        }
    }
    return nearest;
}

std::string customer_of(const std::string& address) {
    using boost::asio::ip::make_address_v4;
    boost::system::error_code code;
    const auto parsed = boost::asio::ip::make_address(address, code);
    if (code || parsed.is_loopback()) {
        return {};
    }
    if (parsed.is_v4()) {
        return parsed.to_string();
    }
    const auto v6 = parsed.to_v6();
    if (v6.is_v4_mapped()) {
        return customer_of(make_address_v4(boost::asio::ip::v4_mapped, v6).to_string());
    }
    auto bytes = v6.to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return boost::asio::ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace countersign::http
