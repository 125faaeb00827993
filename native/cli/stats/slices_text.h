#pragma once
// Where a model errs more than elsewhere, in words and as JSON.

#include <string>
#include <vector>

#include "core/slices/evidence.h"

namespace countersign::native {

struct SlicesOutcome {
    std::vector<slices::Column> columns;
    slices::Found found;
    std::vector<double> stability;  // of each slice; empty where nobody asked
    slices::Confirmed confirmed;
    uint64_t seed = 1;
};

std::string slices_text(const SlicesOutcome& outcome);
std::string slices_json(const SlicesOutcome& outcome);

}  // namespace countersign::native
