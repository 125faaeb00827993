#pragma once
// Conformal risk control: the option for whoever promises by expectation. Of ALL items that come in, at most the share
// alpha is approved although wrong, on average over samples and the next item. No delta: half of the samples may be
// worse. Certificates (core/certificate/certificate.h) promise about approved items, and with probability.
// Angelopoulos, Bates, Fisch, Lei and Schuster, "Conformal risk control", 2022, eq. 4, for the loss "approved and
// wrong", which only grows as the threshold falls.

#include <optional>

#include "core/certificate/sample.h"

namespace countersign::certificate {

// The laxest threshold with (errors + 1) / (n + 1) <= alpha, exact in integers. Nothing: none may be approved.
std::optional<Cut> conformal_threshold(const Sample& sample, Ppm alpha);

}  // namespace countersign::certificate
