#include "tests/sim/server_keys.h"

#include "core/base/check.h"
#include "core/store/settle.h"

namespace countersign::sim {

namespace {

constexpr const char* kKeys = "keys.db";

}  // namespace

void ServerKeys::open(const testing::FaultDisk& disk) {
    auto file = store::Database::open({.path = kKeys, .vfs = disk.vfs_name(), .exclusive = true});
    CS_CHECK(file.ok());
    CS_CHECK(store::settle(*file.value()).ok());
    auto opened = keys::SubjectKeyFile::open(std::move(file).value(), crypto::Secret(std::string(master_)), entropy_);
    CS_CHECK(opened.ok());
    file_ = std::move(opened).value();
}

Image ServerKeys::with_keys_of(const testing::FaultDisk& disk, Image image) {
    const Image now = disk.content();
    for (const auto& [name, file] : now.files) {
        if (name.starts_with(kKeys)) {
            image.files.insert_or_assign(name, file);
        }
    }
    for (const std::string& name : now.unsynced_names) {
        if (name.starts_with(kKeys)) {
            image.unsynced_names.push_back(name);
        }
    }
    return image;
}

}  // namespace countersign::sim
