#pragma once
// Shares the signatures of a bundle out among this machine's processors.

#include "core/verify/signature_batch.h"

namespace countersign::native {

class ParallelSignatures : public verify::SignatureBatch {
public:
    std::vector<uint8_t> verify(const std::vector<verify::SignatureJob>& jobs) override;
};

}  // namespace countersign::native
