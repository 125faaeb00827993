#pragma once
// Status codes and the answers that the carrier gives itself, as application/problem+json (RFC 9457).

#include <string>
#include <string_view>

#include "core/api/exchange.h"

namespace countersign::http {

// What a request that cannot go further is answered with. `detail` is a sentence: what was wrong, what is allowed.
struct Refusal {
    int status = 400;
    std::string detail;
    api::Header header;  // one more header ("allow", "retry-after"), if its name is not empty
};

// "Not Found"; "Unknown" for a code that is in no registry.
std::string_view status_phrase(int status);

api::Response refusal_response(const Refusal& refusal);

// For what fails on our side of the contract (a sink, the writer): the error's own status and sentence.
api::Response error_response(const Error& error);

// The text with JSON's escapes, in quotes.
std::string json_text(std::string_view text);

// The first header with this name (lower case), or an empty text.
std::string_view header_value(const std::vector<api::Header>& headers, std::string_view name);

}  // namespace countersign::http
