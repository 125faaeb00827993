#include "core/agreement/confusions.h"

#include <algorithm>
#include <tuple>

namespace countersign::agreement {

namespace {

struct Meeting {
    uint32_t first;
    uint32_t second;
    uint32_t item;
    uint64_t pairs;
};

std::vector<Meeting> meetings_of(const Ratings& ratings) {
    std::vector<Meeting> out;
    for (size_t unit = 0; unit < ratings.units(); ++unit) {
        const auto counts = ratings.of_unit(unit);
        for (size_t b = 1; b < counts.size(); ++b) {
            for (size_t a = 0; a < b; ++a) {
                const uint64_t pairs = uint64_t{counts[a].count} * counts[b].count;
                out.push_back({counts[a].label, counts[b].label, ratings.items()[unit], pairs});
            }
        }
    }
    std::ranges::sort(out, [](const Meeting& a, const Meeting& b) {
        return std::tie(a.first, a.second, a.item) < std::tie(b.first, b.second, b.item);
    });
    return out;
}

}  // namespace

std::vector<ConfusedPair> confused_pairs(const Ratings& ratings, size_t most) {
    std::vector<ConfusedPair> out;
    uint64_t example_pairs = 0;
    for (const Meeting& meeting : meetings_of(ratings)) {
        if (out.empty() || out.back().first != meeting.first || out.back().second != meeting.second) {
            out.push_back({meeting.first, meeting.second, 0, 0, meeting.item});
            example_pairs = meeting.pairs;
        }
        ConfusedPair& pair = out.back();
        pair.answer_pairs += meeting.pairs;
        ++pair.items;
        if (meeting.pairs > example_pairs) {
            example_pairs = meeting.pairs;
            pair.example_item = meeting.item;
        }
    }
    std::ranges::sort(out, [](const ConfusedPair& a, const ConfusedPair& b) {
        return std::tie(b.answer_pairs, a.first, a.second) < std::tie(a.answer_pairs, b.first, b.second);
    });
    out.resize(std::min(out.size(), most));
    return out;
}

}  // namespace countersign::agreement
