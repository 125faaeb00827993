#pragma once
// Boxes that several reviewers drew on one image, brought together: which of them mean the same thing, whether it is
// there, and where it ends (after Branson, Van Horn and Perona, "Lean crowdsourcing", CVPR 2017).
//
// 1. Boxes of different reviewers under the same label are joined, the largest IoU first, where the clusters share no
//    reviewer and the average IoU between them is large enough.
// 2. Every reviewer of the image has said of every cluster that it is there or not, drawn or not; what that adds up to
//    is a question with two labels, and any method of guard.h can answer it. Where the method has confusions, these
//    are each reviewer's misses and false alarms.
//    The default is one coin: on 704 images of pedestrians its F1 is .931, like that of half of the reviewers, against
//    .916 to .921 of models with two rates each, which believe too few boxes that only three of seven drew.
// 3. Coordinates are means (more boxes are matched) or medians (ends are closer).

#include <cstdint>
#include <span>
#include <vector>

#include "core/agreement/boxes.h"
#include "core/consensus/consensus.h"

namespace countersign::consensus {

struct BoxReview {
    uint32_t reviewer = 0;
    std::vector<agreement::Box> boxes = {};  // none is an answer too
};

using ImageReviews = std::vector<BoxReview>;  // at most one a reviewer

enum class Coordinates { mean, median };

struct BoxOptions {
    double least_pair_iou = 0.5;
    double least_average_iou = 0.4;
    Coordinates coordinates = Coordinates::mean;
};

struct BoxCluster {
    agreement::Box box;
    std::vector<uint32_t> seen_by = {};  // reviewers, ascending
    size_t asked = 0;                    // reviewers of the image
    // P(there is something): of cluster_boxes the share of seen_by in asked, of box_consensus by its method.
    double exists = 0;
};

// One image's clusters, in the order of their first box. The cost grows with the square of the number of boxes.
std::vector<BoxCluster> cluster_boxes(const ImageReviews& reviews, const BoxOptions& options = {});

// All images' clusters, image by image, with `exists` by this method over all of them.
std::vector<std::vector<BoxCluster>> box_consensus(std::span<const ImageReviews> images, size_t reviewers,
                                                   Method method = Method::one_coin, const BoxOptions& options = {});

}  // namespace countersign::consensus
