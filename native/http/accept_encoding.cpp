#include "native/http/accept_encoding.h"

#include <algorithm>
#include <optional>

namespace countersign::http {
namespace {

std::string_view trimmed(std::string_view text) {
    const size_t first = text.find_first_not_of(" \t");
    if (first == text.npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view take_member(std::string_view& list, char separator) {
    const std::string_view member = list.substr(0, list.find(separator));
    list.remove_prefix(std::min(list.size(), member.size() + 1));
    return trimmed(member);
}

bool equals_ignoring_case(std::string_view a, std::string_view lower_case) {
    return std::ranges::equal(a, lower_case, [](char x, char y) {
        return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
    });
}

// "0", "1", "0.5", "0.125", "1.000"
uint32_t weight_of(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text.front() != '0' && text.front() != '1') ||
        (text.size() > 1 && text[1] != '.')) {
        return 0;
    }
    uint32_t weight = text.front() == '1' ? 1'000 : 0;
    uint32_t unit = 100;
    for (const char c : text.substr(std::min<size_t>(2, text.size()))) {
        if (c < '0' || c > '9') {
            return 0;
        }
        weight += unit * static_cast<uint32_t>(c - '0');
        unit /= 10;
    }
    return std::min<uint32_t>(weight, 1'000);
}

}  // namespace

uint32_t coding_weight(std::string_view accept_encoding, std::string_view coding) {
    std::optional<uint32_t> named;
    std::optional<uint32_t> any;
    while (!accept_encoding.empty()) {
        std::string_view member = take_member(accept_encoding, ',');
        const std::string_view name = take_member(member, ';');
        uint32_t weight = 1'000;
        while (!member.empty()) {
            const std::string_view parameter = take_member(member, ';');
            if (parameter.starts_with("q=") || parameter.starts_with("Q=")) {
                weight = weight_of(parameter.substr(2));
            }
        }
        if (name == "*") {
            any = weight;
        } else if (equals_ignoring_case(name, coding)) {
            named = weight;
        }
    }
    return named.value_or(any.value_or(coding == "identity" ? 1 : 0));
}

bool takes_gzip(std::string_view accept_encoding) {
    const uint32_t weight = coding_weight(accept_encoding, "gzip");
    return weight > 0 && weight >= coding_weight(accept_encoding, "identity");
}

bool is_coding(std::string_view content_encoding, std::string_view coding) {
    return equals_ignoring_case(trimmed(content_encoding), coding);
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
    while (!if_none_match.empty()) {
        std::string_view tag = take_member(if_none_match, ',');
        if (tag == "*") {
            return true;
        }
        if (tag.starts_with("W/")) {
            tag.remove_prefix(2);
        }
        if (!tag.empty() && tag == etag) {
            return true;
        }
    }
    return false;
}

}  // namespace countersign::http
