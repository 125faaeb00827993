#pragma once
// The server's keys (core/keys) beside its store on the same disk: a crash strikes both, a restored backup of the store
// leaves them as they are.

#include <memory>

#include "core/keys/subject_key_file.h"
#include "tests/sim/machine.h"
#include "tests/support/fakes.h"

namespace countersign::sim {

class ServerKeys {
public:
    explicit ServerKeys(uint64_t seed) : entropy_(seed), master_(entropy_.bytes(keys::kMasterKey_bytes)) {}

    // As a program that starts.
    void open(const testing::FaultDisk& disk);

    void close() { file_.reset(); }

    SubjectKeys* get() { return file_.get(); }

    // An image of another store, with the keys that are on the disk now.
    static Image with_keys_of(const testing::FaultDisk& disk, Image image);

private:
    testing::SeededEntropy entropy_;
    std::string master_;
    std::unique_ptr<keys::SubjectKeyFile> file_;
};

}  // namespace countersign::sim
