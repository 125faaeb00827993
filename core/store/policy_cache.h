#pragma once
// Policies that are in use, loaded once. An item keeps the policy it was routed under, so a project may need several.

#include <map>
#include <memory>

#include "core/base/result.h"
#include "core/policy/load.h"
#include "core/store/projects.h"

namespace countersign::store {

class PolicyCache {
public:
    // The policy with this digest, from the cache or from the store. not_found, or corrupt when it no longer loads.
    Result<std::shared_ptr<const Policy>> get(Database& database, const ProjectRow& project, const Digest& digest);
    // The project's policy in force; failed_precondition when it has none yet.
    Result<std::shared_ptr<const Policy>> current(Database& database, const ProjectRow& project);

private:
    std::map<Digest, std::shared_ptr<const Policy>> loaded_;
};

}  // namespace countersign::store
