#include "core/tiers/looks.h"

#include <algorithm>

namespace countersign::tiers {

namespace {

constexpr certificate::SearchOptions kSearch{.spacing = certificate::Spacing::growing};

std::vector<certificate::Judged> judged(std::span<const DrawnItem> items) {
    std::vector<certificate::Judged> out;
    out.reserve(items.size());
    for (const DrawnItem& item : items) {
        const bool right = item.finding == Finding::right;
        out.push_back({item.confidence, right ? certificate::Finding::right : certificate::Finding::wrong});
    }
    return out;
}

bool laxer(const Look& a, const Look& b) {
    return a.certificate.opened->threshold < b.certificate.opened->threshold;
}

}  // namespace

int64_t look_size(int64_t first, int j) {
    int64_t size = first;
    for (int i = 1; i < j; ++i) {
        size += (size + 1) / 2;
    }
    return size;
}

Ppm look_delta(Ppm delta, int j) {
    return Ppm{std::max(1, delta.value / (j * (j + 1)))};
}

int64_t first_look(const TierPromise& promise) {
    if (promise.first_look > 0) {
        return promise.first_look;
    }
    const Ppm delta = look_delta(Ppm{kCertain.value - promise.confidence.value}, 1);
    return 2 * certificate::smallest_sample(
                   0, {.epsilon = promise.max_error.as_double(), .delta = delta.as_double() / kSearch.starts});
}

Result<Looks> look_at(const Evidence& evidence, const TierPromise& promise, const certificate::Provenance& provenance) {
    Looks out;
    const int64_t first = first_look(promise);
    const Ppm delta{kCertain.value - promise.confidence.value};
    for (int j = 1;; ++j) {
        out.next_size = look_size(first, j);
        if (static_cast<uint64_t>(out.next_size) > evidence.decided) {
            return out;
        }
        const auto items = std::span(evidence.items).first(static_cast<size_t>(out.next_size));
        certificate::Request request{
            .epsilon = promise.max_error, .delta = look_delta(delta, j), .search = kSearch, .provenance = provenance};
        request.provenance.from = items.front().arrived;
        request.provenance.to = items.back().arrived;
        const std::vector<certificate::Judged> sample = judged(items);
        Look look{j, out.next_size, CS_TRY(certificate::certify(certificate::Sample(sample), request))};
        out.done.push_back(std::move(look));
        if (out.done.back().certificate.opened && (!out.best || laxer(out.done.back(), out.done[*out.best]))) {
            out.best = out.done.size() - 1;
        }
    }
}

}  // namespace countersign::tiers
