#pragma once
// Predictions with their truth, as data/banking77 has them: JSON Lines of predictions, of {id, label}, and a list of
// the labels.

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/ppm.h"

namespace countersign::bench {

struct PoolItem {
    std::string id;
    std::string predicted;
    std::string truth;
    Ppm confidence;

    bool right() const { return predicted == truth; }
};

struct Pool {
    std::string lines;  // as they are imported
    std::vector<PoolItem> items;
    std::vector<std::string> labels;
    std::string model;
};

// Ends this process with a sentence when the files are not there.
Pool read_pool(const std::filesystem::path& folder);

// Of the items that are at least so sure: how many, and how many of these are wrong.
struct Taken {
    int64_t items = 0;
    int64_t wrong = 0;

    double error() const { return items == 0 ? 0 : static_cast<double>(wrong) / static_cast<double>(items); }
};

}  // namespace countersign::bench
