#pragma once
// Every limit of a server as one document: read from a file for `countersign serve --limits FILE`, written out by
// `--print-limits`. docs/limits.md describes each (tests/docs/limits.test.mjs compares).
//
//   {"http": {"connections": 2000, ...}, "api": {"request_bytes": 1048576, ...},
//    "rates": {"reads": {"account": {"count": 600, "per": "1m", "burst": 600}, "address": {...}}, ..., "remembered":
//    10000}}
// Whatever is left out keeps its default. Errors: invalid_argument with the path in the file; unknown names are refused
// with the nearest that is known.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/api/workspace.h"
#include "core/base/result.h"
#include "native/http/limits.h"
#include "native/server/rates.h"

namespace countersign::native {

struct ServeLimits {
    http::Limits http{};
    api::ApiLimits api{};
    Rates rates{};
};

// Over the defaults.
Result<ServeLimits> read_limits(std::string_view json);
// The document, indented; reads back as the same.
std::string limits_text(const ServeLimits& limits);

}  // namespace countersign::native
