#pragma once
// Tells the stories of tests/cases/workflow/standings.json step by step: leases, decisions and what happens meanwhile,
// on one item without a store.

#include <map>
#include <string>

#include "tests/support/item_story.h"

namespace countersign::testing {

class Teller {
public:
    // Of the case, which may ask for more reviewers, another policy or another confidence.
    explicit Teller(const Json& one);

    // The test fails at a step that cannot be taken.
    void tell(const Json& step);
    // All steps of the case.
    void tell_all(const Json& one);

    // "extra: lower_fence", of the decision that the story calls so.
    std::string standing_of(const std::string& name) const;
    const Review& review(const std::string& name) const;

    ItemStory story;

private:
    Status take(const Json& step);
    Status take_further(const Json& step, const std::string& who);
    Status decide(const Json& step, const std::string& who);

    std::map<std::string, OperationId> names_;
};

}  // namespace countersign::testing
