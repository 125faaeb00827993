#pragma once
// The lines of "name: value" that every certificate has, in core/certificate/certificate_text.cpp. Internal to
// core/certificate.

#include <string>
#include <string_view>

#include "core/certificate/certificate.h"

namespace countersign::certificate {

void append_line(std::string& out, std::string_view name, std::string_view value);

// "promise", as of an open one.
void append_promise(std::string& out, const Request& asked);

// From "epsilon" to "planted_errors".
void append_levels(std::string& out, const Request& asked, double miss_rate_upper);

// From "method" to "calibrator".
void append_provenance(std::string& out, const Request& asked);

}  // namespace countersign::certificate
