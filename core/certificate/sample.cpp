#include "core/certificate/sample.h"

#include <algorithm>

#include "core/base/check.h"

namespace countersign::certificate {

Sample::Sample(std::span<const Judged> judged) : size_(static_cast<int64_t>(judged.size())) {
    std::vector<Judged> sorted(judged.begin(), judged.end());
    std::ranges::sort(sorted, [](const Judged& a, const Judged& b) { return a.score > b.score; });
    Cut cut;
    for (size_t i = 0; i < sorted.size(); ++i) {
        cut.threshold = sorted[i].score;
        ++cut.accepted;
        cut.errors += sorted[i].finding == Finding::wrong ? 1 : 0;
        if (i + 1 == sorted.size() || sorted[i + 1].score != cut.threshold) {
            cuts_.push_back(cut);
        }
    }
}

Cut Sample::at(Ppm threshold) const {
    const auto below = std::ranges::find_if(cuts_, [threshold](const Cut& cut) { return cut.threshold < threshold; });
    return below == cuts_.begin() ? Cut{.threshold = threshold}
                                  : Cut{threshold, std::prev(below)->accepted, std::prev(below)->errors};
}

Cut Sample::accepting(int64_t count) const {
    CS_CHECK(count >= 1 && count <= size_);
    return *std::ranges::lower_bound(cuts_, count, {}, &Cut::accepted);
}

std::vector<Cut> coverage_grid(const Sample& sample, int points, std::optional<Ppm> laxest) {
    CS_CHECK(points >= 1);
    std::vector<Cut> grid;
    if (sample.size() == 0) {
        return grid;
    }
    for (int64_t point = 1; point <= points; ++point) {
        Cut cut = sample.accepting(((sample.size() * point) + points - 1) / points);
        const bool last = laxest && cut.threshold <= *laxest;
        if (last) {
            cut = sample.at(*laxest);
        }
        if (grid.empty() ? cut.accepted > 0 : grid.back().accepted < cut.accepted) {
            grid.push_back(cut);
        } else if (!grid.empty() && last) {
            grid.back() = cut;  // the same items of the sample, but more of those to come
        }
        if (last) {
            break;
        }
    }
    return grid;
}

}  // namespace countersign::certificate
