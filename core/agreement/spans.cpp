#include "core/agreement/spans.h"

#include "core/agreement/review_pairs.h"
#include "core/agreement/span_sets.h"
#include "core/stats/assignment.h"

namespace countersign::agreement {

namespace {

// The share of two parts of a whole; nothing of nothing is everything.
double share(double part, double whole) {
    return whole > 0 ? part / whole : 1;
}

bool near(uint32_t a, uint32_t b, uint32_t tolerance) {
    return (a > b ? a - b : b - a) <= tolerance;
}

double matched_f1(std::span<const MarkedSpan> first, std::span<const MarkedSpan> second, uint32_t tolerance) {
    std::vector<double> scores;
    scores.reserve(first.size() * second.size());
    for (const MarkedSpan& a : first) {
        for (const MarkedSpan& b : second) {
            const bool match = a.label == b.label && near(a.begin, b.begin, tolerance) && near(a.end, b.end, tolerance);
            scores.push_back(match ? 1 : 0);
        }
    }
    double matched = 0;
    for (const auto& column : stats::best_assignment(scores, first.size(), second.size())) {
        matched += column ? 1 : 0;
    }
    return share(2 * matched, static_cast<double>(first.size() + second.size()));
}

}  // namespace

SpanPair compare_spans(std::span<const MarkedSpan> first, std::span<const MarkedSpan> second, uint32_t length,
                       uint32_t tolerance) {
    const std::vector<MarkedSpan> a = within_text(first, length);
    const std::vector<MarkedSpan> b = within_text(second, length);
    const std::vector<MarkedSpan> a_set = merged(a, Labels::apart);
    const std::vector<MarkedSpan> b_set = merged(b, Labels::apart);
    const auto both = static_cast<double>(characters_in_both(a_set, b_set));
    const auto sum = static_cast<double>(characters_in(a_set) + characters_in(b_set));
    SpanPair out;
    out.character_f1 = share(2 * both, sum);
    out.character_iou = share(both, sum - both);
    out.same = 2 * both == sum ? 1 : 0;
    out.span_f1 = matched_f1(a, b, 0);
    out.near_span_f1 = tolerance == 0 ? out.span_f1 : matched_f1(a, b, tolerance);
    return out;
}

std::variant<SpanAgreement, Undefined> span_agreement(std::span<const MarkedText> texts, uint32_t tolerance) {
    SpanAgreement out;
    for (const MarkedText& text : texts) {
        const auto compare = [&](std::span<const MarkedSpan> first, std::span<const MarkedSpan> second) {
            const SpanPair pair = compare_spans(first, second, text.length, tolerance);
            out.mean.character_f1 += pair.character_f1;
            out.mean.character_iou += pair.character_iou;
            out.mean.same += pair.same;
            out.mean.span_f1 += pair.span_f1;
            out.mean.near_span_f1 += pair.near_span_f1;
            ++out.pairs;
        };
        out.texts += for_each_pair(text.reviews, compare) ? 1 : 0;
    }
    if (out.pairs == 0) {
        return Undefined::no_pairable_unit;
    }
    const auto pairs = static_cast<double>(out.pairs);
    for (double* sum :
         {&out.mean.character_f1, &out.mean.character_iou, &out.mean.same, &out.mean.span_f1, &out.mean.near_span_f1}) {
        *sum /= pairs;
    }
    return out;
}

}  // namespace countersign::agreement
