#include "core/certificate/conformal.h"

namespace countersign::certificate {

std::optional<Cut> conformal_threshold(const Sample& sample, Ppm alpha) {
    std::optional<Cut> out;
    for (const Cut& cut : sample.cuts()) {
        if ((cut.errors + 1) * 1'000'000 > alpha.value * (sample.size() + 1)) {
            break;  // errors only grow from here on
        }
        out = cut;
    }
    return out;
}

}  // namespace countersign::certificate
