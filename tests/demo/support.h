#pragma once
// The demo's files as tests read them, and the program as tests run it.

#include <string>
#include <vector>

#include "demo/classifier/model.h"
#include "demo/data/items.h"

namespace countersign::demo {

// A file of assets/demo; stops the test when it cannot be read.
std::string asset(const std::string& name);
std::string asset_path(const std::string& name);
// A path in the tests' own folder of the build.
std::string scratch_path(const std::string& name);

struct Demo {
    std::vector<Item> items;
    Truth truth;
    std::vector<Example> seed;       // the training part and the index
    std::vector<Example> to_review;  // the others, with their true label
    std::vector<Item> items_to_review;
};

// Read once.
const Demo& the_demo();

// One way to train, so that a test takes a second instead of ten.
std::vector<Candidate> quick_candidate();

struct Ran {
    int status = 0;
    std::string out;
    std::string err;
};

Ran run(const std::vector<std::string>& args);

}  // namespace countersign::demo
