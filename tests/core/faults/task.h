#pragma once
// What a store has to do in its life, each as one thing that is either done or not: sweep.h lets each fail at every
// call to the disk. A new one is an entry in one of the *_tasks.cpp and nothing else.

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "tests/core/faults/world.h"

namespace countersign::faults {

using Step = std::function<Status(World&)>;

struct Task {
    std::string name;
    Side side = Side::server;  // whose store's calls fail
    // What is there before, made once on a disk that works; `ready` then runs each time, still on a disk that works.
    Step prepare;
    Step ready;
    // Good: acknowledged, so it is there for ever. A second time must be good too, whatever became of the first.
    Step run;
    bool cleanly = true;  // what prepare() made was closed; else its process was killed
};

std::vector<Task> server_tasks();
std::vector<Task> record_tasks();
std::vector<Task> device_tasks();

}  // namespace countersign::faults
