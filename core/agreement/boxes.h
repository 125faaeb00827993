#pragma once
// How far reviewers agree about boxes drawn on images, and how well boxes meet those of an expert.
//
// Coordinates in any one unit, x1 <= x2 and y1 <= y2; a box without area meets none. A reviewer who drew nothing has an
// empty list, and that is an answer: two empty lists agree fully. Boxes match one to one, only under the same label and
// from a threshold on, so that the sum of their IoU is largest.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "core/agreement/outcome.h"

namespace countersign::agreement {

struct Box {
    double x1 = 0;
    double y1 = 0;
    double x2 = 0;
    double y2 = 0;
    uint32_t label = 0;
};

// Intersection over union, 0 to 1; labels do not matter here.
double iou(const Box& a, const Box& b);

struct BoxMatch {
    size_t first = 0;
    size_t second = 0;
    double iou = 0;
};

// By `first`. `threshold` is above 0.
std::vector<BoxMatch> match_boxes(std::span<const Box> first, std::span<const Box> second, double threshold);

// Counts of any number of comparisons; each number is computed of all together.
struct BoxCounts {
    size_t matched = 0;
    size_t first = 0;   // boxes of the first side (an expert, the truth)
    size_t second = 0;  // of the second
    double iou_sum = 0;

    void add(std::span<const Box> first_boxes, std::span<const Box> second_boxes, double threshold);
    void add(const BoxCounts& others);

    // Nothing where there are no boxes to divide by; f1() of no boxes at all is 1.
    std::optional<double> precision() const;  // of the second side's boxes those that match
    std::optional<double> recall() const;     // of the first side's
    double f1() const;
    std::optional<double> mean_iou() const;  // over matches
};

struct BoxAgreement {
    size_t images = 0;   // with two or more reviews
    size_t pairs = 0;    // of reviews of the same image
    BoxCounts counts;    // over these pairs
    double mean_f1 = 0;  // of each pair, over pairs
};

using BoxReviews = std::vector<std::vector<Box>>;  // of one image, one a reviewer

// Pairs are those within each image. Undefined without any.
std::variant<BoxAgreement, Undefined> box_agreement(std::span<const BoxReviews> images, double threshold);

}  // namespace countersign::agreement
