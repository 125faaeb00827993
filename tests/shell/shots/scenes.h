#pragma once
// Every screen in every state that deserves a look: by name, as a desk model.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "shell/models/desk.h"

namespace countersign::tests {

struct Scene {
    std::string name;
    shell::DeskModel model;
    std::vector<std::shared_ptr<void>> keeps;  // what the model points to
};

std::vector<Scene> all_scenes();

}  // namespace countersign::tests
