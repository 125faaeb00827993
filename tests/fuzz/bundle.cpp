// Bundles from anybody: any bytes give a report, the same in pieces of any size; and none of ours is good with a byte
// of it changed (tests/core/verify/tampers_test.cpp does that with sense).

#include "core/json/json.h"
#include "core/verify/verifier.h"
#include "tests/fuzz/input.h"

using namespace countersign;
using namespace countersign::fuzz;

namespace {

std::string report_of(std::string_view bytes, size_t step) {
    verify::BundleVerifier verifier;
    for (size_t at = 0; at < bytes.size(); at += step) {
        verifier.feed(bytes.substr(at, step));
    }
    const verify::Report report = verifier.finish();
    CS_CHECK(utf8::first_invalid(verify::report_text(report, "file")) == utf8::kValid);
    std::string json = verify::report_json(report);
    CS_CHECK(parse_json(json).ok());
    return json;
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view bytes = text_of(data, size);
    const std::string whole = report_of(bytes, size + 1);
    CS_CHECK(report_of(bytes, 1 + size % 13) == whole);
    return 0;
}
