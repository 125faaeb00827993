#include "core/consensus/box_consensus.h"

#include <algorithm>
#include <tuple>

#include "core/consensus/guard.h"
#include "core/stats/order.h"

namespace countersign::consensus {

namespace {

struct Drawn {
    agreement::Box box;
    uint32_t reviewer = 0;
};

struct Pair {
    double iou = 0;
    size_t first = 0;
    size_t second = 0;
};

class Clustering {
public:
    Clustering(std::vector<Drawn> boxes, const BoxOptions& options)
        : boxes_(std::move(boxes)), options_(options), cluster_(boxes_.size()), members_(boxes_.size()) {
        for (size_t i = 0; i < boxes_.size(); ++i) {
            cluster_[i] = i;
            members_[i] = {i};
        }
    }

    void join() {
        std::vector<Pair> pairs;
        for (size_t i = 0; i < boxes_.size(); ++i) {
            for (size_t k = i + 1; k < boxes_.size(); ++k) {
                const bool may = boxes_[i].reviewer != boxes_[k].reviewer && boxes_[i].box.label == boxes_[k].box.label;
                const double iou = may ? agreement::iou(boxes_[i].box, boxes_[k].box) : 0;
                if (iou > 0 && iou >= options_.least_pair_iou) {
                    pairs.push_back({iou, i, k});
                }
            }
        }
        std::ranges::sort(pairs, [](const Pair& a, const Pair& b) {
            return std::tuple(-a.iou, a.first, a.second) < std::tuple(-b.iou, b.first, b.second);
        });
        for (const Pair& pair : pairs) {
            const size_t a = std::min(cluster_[pair.first], cluster_[pair.second]);
            const size_t b = std::max(cluster_[pair.first], cluster_[pair.second]);
            if (a != b && joinable(members_[a], members_[b])) {
                for (const size_t box : members_[b]) {
                    cluster_[box] = a;
                    members_[a].push_back(box);
                }
                members_[b].clear();
            }
        }
    }

    std::vector<BoxCluster> take(size_t asked) const {
        std::vector<BoxCluster> out;
        for (const std::vector<size_t>& members : members_) {
            if (members.empty()) {
                continue;
            }
            BoxCluster& cluster = out.emplace_back();
            cluster.box = {.x1 = middle(members, &agreement::Box::x1),
                           .y1 = middle(members, &agreement::Box::y1),
                           .x2 = middle(members, &agreement::Box::x2),
                           .y2 = middle(members, &agreement::Box::y2),
                           .label = boxes_[members[0]].box.label};
            for (const size_t box : members) {
                cluster.seen_by.push_back(boxes_[box].reviewer);
            }
            std::ranges::sort(cluster.seen_by);
            cluster.asked = asked;
            cluster.exists = static_cast<double>(members.size()) / static_cast<double>(asked);
        }
        return out;
    }

private:
    bool joinable(const std::vector<size_t>& a, const std::vector<size_t>& b) const {
        double sum = 0;
        for (const size_t i : a) {
            for (const size_t k : b) {
                if (boxes_[i].reviewer == boxes_[k].reviewer) {
                    return false;
                }
                sum += agreement::iou(boxes_[i].box, boxes_[k].box);
            }
        }
        return sum >= options_.least_average_iou * static_cast<double>(a.size() * b.size());
    }

    double middle(const std::vector<size_t>& members, double agreement::Box::* side) const {
        std::vector<double> values;
        double sum = 0;
        for (const size_t box : members) {
            values.push_back(boxes_[box].box.*side);
            sum += values.back();
        }
        if (options_.coordinates == Coordinates::mean) {
            return sum / static_cast<double>(values.size());
        }
        std::ranges::sort(values);
        return stats::median(values);
    }

    std::vector<Drawn> boxes_;
    const BoxOptions& options_;
    std::vector<size_t> cluster_;               // of each box, named after its first one
    std::vector<std::vector<size_t>> members_;  // of each cluster; empty when it was joined to another
};

}  // namespace

std::vector<BoxCluster> cluster_boxes(const ImageReviews& reviews, const BoxOptions& options) {
    std::vector<Drawn> boxes;
    for (const BoxReview& review : reviews) {
        for (const agreement::Box& box : review.boxes) {
            boxes.push_back({box, review.reviewer});
        }
    }
    Clustering clustering(std::move(boxes), options);
    clustering.join();
    return clustering.take(reviews.size());
}

std::vector<std::vector<BoxCluster>> box_consensus(std::span<const ImageReviews> images, size_t reviewers,
                                                   Method method, const BoxOptions& options) {
    std::vector<std::vector<BoxCluster>> out;
    std::vector<stats::Answer> answers;
    uint32_t item = 0;
    for (const ImageReviews& reviews : images) {
        for (const BoxCluster& cluster : out.emplace_back(cluster_boxes(reviews, options))) {
            for (const BoxReview& review : reviews) {
                const bool seen = std::ranges::binary_search(cluster.seen_by, review.reviewer);
                answers.push_back({item, review.reviewer, seen ? 1U : 0U});
            }
            ++item;
        }
    }
    const stats::AnswerTable table(answers, item, reviewers, 2);
    const GuardedConsensus found = guarded_consensus(table, {}, {.method = method});
    size_t at = 0;
    for (std::vector<BoxCluster>& clusters : out) {
        for (BoxCluster& cluster : clusters) {
            cluster.exists = found.consensus.of_item(at++)[1];
        }
    }
    return out;
}

}  // namespace countersign::consensus
