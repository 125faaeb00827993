#pragma once
// What was reviewed, as thresholds see it: items drawn at random, each with the model's score and whether the reviewer
// found the prediction wrong, folded to counts at every score that occurs. Items with the same score are accepted
// together or not at all.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/ppm.h"

namespace countersign::certificate {

enum class Finding : uint8_t { right, wrong };

struct Judged {
    Ppm score{};
    Finding finding = Finding::right;
};

// What a threshold accepts: the items whose score is at least that.
struct Cut {
    Ppm threshold{};
    int64_t accepted = 0;
    int64_t errors = 0;

    bool operator==(const Cut&) const = default;
};

class Sample {
public:
    explicit Sample(std::span<const Judged> judged);

    int64_t size() const { return size_; }

    // One for each score that occurs, strictest first.
    std::span<const Cut> cuts() const { return cuts_; }

    // Of any threshold.
    Cut at(Ppm threshold) const;

    // The strictest threshold that accepts at least so many; CS_CHECKs 1 <= count <= size().
    Cut accepting(int64_t count) const;

private:
    int64_t size_;
    std::vector<Cut> cuts_;
};

// Thresholds at coverages 1/points, 2/points ... 1 of the sample, strictest first, none twice. Chosen by scores alone:
// no label steers which thresholds are tested. With `laxest`, it stands for all thresholds from there down.
std::vector<Cut> coverage_grid(const Sample& sample, int points, std::optional<Ppm> laxest = std::nullopt);

}  // namespace countersign::certificate
