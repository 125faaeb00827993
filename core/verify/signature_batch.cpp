#include "core/verify/signature_batch.h"

namespace countersign::verify {

std::vector<uint8_t> SignatureBatch::verify(const std::vector<SignatureJob>& jobs) {
    std::vector<uint8_t> out;
    out.reserve(jobs.size());
    for (const SignatureJob& job : jobs) {
        out.push_back(crypto::verify(job.key, job.message, job.signature) ? 1 : 0);
    }
    return out;
}

}  // namespace countersign::verify
