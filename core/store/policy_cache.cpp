#include "core/store/policy_cache.h"

#include "core/base/concat.h"

namespace countersign::store {

Result<std::shared_ptr<const Policy>> PolicyCache::get(Database& database, const ProjectRow& project,
                                                       const Digest& digest) {
    if (const auto known = loaded_.find(digest); known != loaded_.end()) {
        return known->second;
    }
    const std::string bytes = CS_TRY(policy_bytes(database, project, digest));
    auto policy = load_policy(bytes);
    if (!policy.ok()) {
        return fail(ErrorCode::corrupt, concat("the stored policy no longer loads: ", policy.error().text()), "policy");
    }
    auto shared = std::make_shared<const Policy>(std::move(policy).value());
    loaded_.emplace(digest, shared);
    return shared;
}

Result<std::shared_ptr<const Policy>> PolicyCache::current(Database& database, const ProjectRow& project) {
    if (!project.policy) {
        return fail(ErrorCode::failed_precondition, concat("the project '", project.id.text, "' has no policy yet"),
                    "policy");
    }
    return get(database, project, *project.policy);
}

}  // namespace countersign::store
