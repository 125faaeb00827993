#pragma once
// An open file of a FaultDisk, with its locks and its part of the shared memory: between fault_disk.cpp, which decides
// what fails, and fault_vfs.cpp, which is what SQLite calls. Results are SQLite's.

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/fault_disk.h"

namespace countersign::testing {

// The write-ahead log's index, as all connections of the process see it. A crash leaves nothing of it.
struct SharedMemory {
    static constexpr int kLocks = 8;

    std::vector<std::unique_ptr<std::vector<char>>> regions;
    std::array<int, kLocks> shared{};
    std::array<bool, kLocks> exclusive{};
    int connections = 0;
};

struct FaultDisk::Node {
    std::string name;
    FaultFile file;
    // Locks of SQLite's rollback journal mode.
    int readers = 0;
    bool reserved = false;
    bool pending = false;
    bool exclusive = false;
    std::shared_ptr<SharedMemory> memory;
};

class FaultHandle {
public:
    FaultHandle(FaultDisk& disk, std::shared_ptr<FaultDisk::Node> node, bool new_log)
        : disk_(disk), node_(std::move(node)), life_(disk.life_), folder_unsynced_(new_log) {}

    ~FaultHandle();
    FaultHandle(const FaultHandle&) = delete;
    FaultHandle& operator=(const FaultHandle&) = delete;

    int read(char* out, size_t count, uint64_t at);
    int write(std::string_view bytes, uint64_t at);
    int truncate(uint64_t size);
    int sync();
    int size(int64_t& out);

    int lock(int level);
    int unlock(int level);

    bool somebody_writes() const { return node_->reserved || node_->pending || node_->exclusive; }

    int map(int region, int region_bytes, bool extend, void volatile** out);
    int lock_memory(int from, int count, int flags);
    void unmap();

private:
    bool dead() const { return life_ != disk_.life_ || disk_.off_; }

    FaultDisk& disk_;
    std::shared_ptr<FaultDisk::Node> node_;
    uint64_t life_;
    bool folder_unsynced_;
    int level_ = 0;
    std::shared_ptr<SharedMemory> memory_;
    uint32_t memory_shared_ = 0;  // this handle's, a bit a lock
    uint32_t memory_exclusive_ = 0;
};

}  // namespace countersign::testing
