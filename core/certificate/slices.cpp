#include "core/certificate/slices.h"

#include <algorithm>

#include "core/base/concat.h"
#include "core/certificate/plan.h"

namespace countersign::certificate {

namespace {

// Each slice's share of delta, and what came of it. Shares of exhausted slices go to the others until nothing changes.
// Where sequences start is settled by the first share: no label moves it.
std::vector<Search> search_slices(std::span<const Sample> samples, const Level& level, SearchOptions options) {
    std::vector<Search> found(samples.size());
    size_t open = samples.size();
    options.first_accepted = smallest_sample(
        0, {level.epsilon, level.delta / static_cast<double>(std::max<size_t>(open, 1)) / options.starts});
    for (size_t before = 0; open > 0 && open != before;) {
        before = open;
        const Level share{level.epsilon, level.delta / static_cast<double>(open)};
        for (size_t i = 0; i < samples.size(); ++i) {
            if (!found[i].exhausted) {
                found[i] = search_threshold(samples[i], share, options);
                open -= found[i].exhausted ? 1 : 0;
            }
        }
    }
    return found;
}

}  // namespace

std::optional<Ppm> SliceCertificates::threshold_of(size_t slice) const {
    const std::optional<Cut>& own = alone.at(slice).opened;
    if (own) {
        return own->threshold;
    }
    return rest && rest->opened ? std::optional(rest->opened->threshold) : std::nullopt;
}

Result<SliceCertificates> certify_slices(std::span<const SliceEvidence> slices, const Request& request) {
    const CorrectedLevel whole = CS_TRY(level_of(request));
    if (request.search.method == Method::selection_with_guaranteed_risk) {
        return fail(ErrorCode::invalid_argument, "slices need a method whose tests pass in order", "search.method");
    }
    std::vector<Sample> samples;
    samples.reserve(slices.size());
    for (const SliceEvidence& slice : slices) {
        samples.emplace_back(slice.judged);
    }
    CorrectedLevel half = whole;
    half.level.delta /= 2;
    CorrectedLevel share = half;
    share.level.delta /= static_cast<double>(std::max<size_t>(slices.size(), 1));
    const std::vector<Search> found = search_slices(samples, half.level, request.search);
    SliceCertificates out;
    std::vector<Judged> rest;
    Request asked = request;
    for (size_t i = 0; i < slices.size(); ++i) {
        asked.provenance.scope = slices[i].name;
        out.alone.push_back(state(asked, samples[i], found[i], share));
        if (!found[i].opened) {
            rest.insert(rest.end(), slices[i].judged.begin(), slices[i].judged.end());
        }
    }
    if (!rest.empty()) {
        asked.provenance.scope = concat("rest of ", request.provenance.scope);
        const Sample sample(rest);
        out.rest = state(asked, sample, search_threshold(sample, half.level, request.search), half);
    }
    return out;
}

}  // namespace countersign::certificate
