#pragma once
// Codings of content: which one a client would rather have in an answer (RFC 9110, 12.5.3), and which one a body has.

#include <cstdint>
#include <string_view>

namespace countersign::http {

// Thousandths: 0 is "not acceptable", 1000 the default. A coding that is not named has the weight of "*"; without "*",
// identity has 1 (whoever names codings wants one of them, and takes it plain rather than not at all), any other 0. A
// weight that is not well formed counts as 0.
uint32_t coding_weight(std::string_view accept_encoding, std::string_view coding);

// Whether the client takes an answer as gzip, and likes it no less than plain.
bool takes_gzip(std::string_view accept_encoding);

// Whether a content-encoding header names this one coding (in lower case) and no other.
bool is_coding(std::string_view content_encoding, std::string_view coding);

// Whether an If-None-Match list names the tag (with its quotes), or is "*"; compared weakly (RFC 9110, 13.1.2).
bool names_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace countersign::http
