#pragma once

#include <string>
#include <vector>

#include "core/certificate/certificate.h"
#include "core/certificate/weighted.h"

namespace countersign::native {

// A list of certificates; what a certificate is in words says certificate::to_text.
std::string certificates_json(const std::vector<certificate::Certificate>& certificates);

std::string weighted_certificate_json(const certificate::WeightedCertificate& certificate);

}  // namespace countersign::native
