#pragma once

#include <string>
#include <vector>

#include "core/certificate/certificate.h"

namespace countersign::native {

// A list of certificates; what a certificate is in words says certificate::to_text.
std::string certificates_json(const std::vector<certificate::Certificate>& certificates);

}  // namespace countersign::native
