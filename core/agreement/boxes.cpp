#include "core/agreement/boxes.h"

#include <algorithm>

#include "core/agreement/review_pairs.h"
#include "core/base/check.h"
#include "core/stats/assignment.h"

namespace countersign::agreement {

namespace {

double area(const Box& box) {
    return std::max(0.0, box.x2 - box.x1) * std::max(0.0, box.y2 - box.y1);
}

std::optional<double> share(double part, size_t whole) {
    return whole > 0 ? std::optional(part / static_cast<double>(whole)) : std::nullopt;
}

}  // namespace

double iou(const Box& a, const Box& b) {
    const double width = std::min(a.x2, b.x2) - std::max(a.x1, b.x1);
    const double height = std::min(a.y2, b.y2) - std::max(a.y1, b.y1);
    if (!(width > 0 && height > 0)) {
        return 0;
    }
    const double both = width * height;
    return std::min(1.0, both / (area(a) + area(b) - both));
}

std::vector<BoxMatch> match_boxes(std::span<const Box> first, std::span<const Box> second, double threshold) {
    CS_CHECK(threshold > 0);
    std::vector<double> scores;
    scores.reserve(first.size() * second.size());
    for (const Box& a : first) {
        for (const Box& b : second) {
            const double score = a.label == b.label ? iou(a, b) : 0;
            scores.push_back(score >= threshold ? score : 0);
        }
    }
    std::vector<BoxMatch> out;
    const auto columns = stats::best_assignment(scores, first.size(), second.size());
    for (size_t row = 0; row < columns.size(); ++row) {
        if (columns[row]) {
            out.push_back({row, *columns[row], scores[(row * second.size()) + *columns[row]]});
        }
    }
    return out;
}

void BoxCounts::add(std::span<const Box> first_boxes, std::span<const Box> second_boxes, double threshold) {
    first += first_boxes.size();
    second += second_boxes.size();
    for (const BoxMatch& match : match_boxes(first_boxes, second_boxes, threshold)) {
        ++matched;
        iou_sum += match.iou;
    }
}

void BoxCounts::add(const BoxCounts& others) {
    matched += others.matched;
    first += others.first;
    second += others.second;
    iou_sum += others.iou_sum;
}

std::optional<double> BoxCounts::precision() const {
    return share(static_cast<double>(matched), second);
}

std::optional<double> BoxCounts::recall() const {
    return share(static_cast<double>(matched), first);
}

double BoxCounts::f1() const {
    return share(2 * static_cast<double>(matched), first + second).value_or(1);
}

std::optional<double> BoxCounts::mean_iou() const {
    return share(iou_sum, matched);
}

std::variant<BoxAgreement, Undefined> box_agreement(std::span<const BoxReviews> images, double threshold) {
    BoxAgreement out;
    for (const BoxReviews& image : images) {
        const bool has_pair = for_each_pair(image, [&](std::span<const Box> first, std::span<const Box> second) {
            BoxCounts pair;
            pair.add(first, second, threshold);
            out.mean_f1 += pair.f1();
            out.counts.add(pair);
            ++out.pairs;
        });
        out.images += has_pair ? 1 : 0;
    }
    if (out.pairs == 0) {
        return Undefined::no_pairable_unit;
    }
    out.mean_f1 /= static_cast<double>(out.pairs);
    return out;
}

}  // namespace countersign::agreement
