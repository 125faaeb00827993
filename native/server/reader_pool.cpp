#include "native/server/reader_pool.h"

namespace countersign::native {

Result<api::Workspace*> ReaderPool::here() {
    {
        const std::lock_guard lock(mutex_);
        const auto known = readers_.find(std::this_thread::get_id());
        if (known != readers_.end()) {
            return &known->second->workspace;
        }
    }
    std::unique_ptr<store::Database> database = CS_TRY(folder_.open_reader());
    auto reader = std::make_unique<Reader>(std::move(database), settings_);
    const std::lock_guard lock(mutex_);
    return &readers_.emplace(std::this_thread::get_id(), std::move(reader)).first->second->workspace;
}

}  // namespace countersign::native
