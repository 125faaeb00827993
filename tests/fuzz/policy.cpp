// Policy documents, with the conditions in them.

#include "core/policy/load.h"
#include "tests/fuzz/input.h"

using namespace countersign;
using namespace countersign::fuzz;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto policy = load_policy(text_of(data, size));
    if (!policy.ok()) {
        must_be_told(policy.error());
    }
    return 0;
}
