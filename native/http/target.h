#pragma once
// The request's target: path and query, decoded exactly once.
//
// Contract: the path starts with "/", is valid UTF-8 without control characters, and holds no "." or ".." segment, no
// backslash and no slash that was written as %2F: what a route sees is what was meant. The query is read as forms write
// it ("+" is a space); its names and values are valid UTF-8 without NUL.
// Errors: 400; 414 for too many query parameters. Sources: RFC 3986 sections 2 and 3, RFC 9112 section 3.2.

#include <optional>
#include <string_view>
#include <vector>

#include "native/http/limits.h"
#include "native/http/status.h"

namespace countersign::http {

std::optional<Refusal> read_path(std::string_view path, std::string& out);
std::optional<Refusal> read_query(std::string_view query, const Limits& limits, std::vector<api::Header>& out);

// "name", "name:8080", "127.0.0.1:8080", "[::1]:8080"; gives the name without the port, or nothing when it is no host.
std::optional<std::string_view> host_name(std::string_view authority);

}  // namespace countersign::http
