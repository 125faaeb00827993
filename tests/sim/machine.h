#pragma once
// A computer with a disk that can lose power, be put back to an earlier image, or be copied; and the store on it.

#include <memory>
#include <string>

#include "core/store/sqlite.h"
#include "tests/support/fault_disk.h"

namespace countersign::sim {

using Image = testing::FaultDisk::Content;

// A store with its tables and nothing in it, as it lies on a disk: made once.
const Image& empty_store();

class Machine {
public:
    explicit Machine(std::string name) : disk(std::move(name)) { disk.restore(empty_store()); }

    ~Machine() { database.reset(); }

    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    // Opens the store, as a program that starts; what a crash left is recovered. A server has keys.
    void open(SubjectKeys* keys = nullptr);
    // The power fails: what was not flushed may be gone, in part or whole. Nothing runs until open().
    void cut_power(uint64_t seed);
    // Another image on the disk. Nothing runs until open().
    void put_back(const Image& image);

    testing::FaultDisk disk;
    std::unique_ptr<store::Database> database;
};

// Everything that the store holds, in a fixed order, as text: to compare, and to hash.
std::string dump_store(store::Database& database);
// One table of it.
std::string dump_table(store::Database& database, const std::string& table);

}  // namespace countersign::sim
