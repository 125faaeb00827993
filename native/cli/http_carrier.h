#pragma once
// The API over HTTP, at a running server.

#include <memory>
#include <string>

#include "native/cli/carrier.h"

namespace countersign::native {

Result<std::unique_ptr<Carrier>> make_http_carrier(const std::string& server, const std::string& token);

}  // namespace countersign::native
