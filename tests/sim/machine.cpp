#include "tests/sim/machine.h"

#include "core/base/check.h"
#include "core/base/concat.h"
#include "core/hash/sha256.h"
#include "core/store/schema.h"

namespace countersign::sim {

namespace {

constexpr const char* kStore = "store.db";

std::unique_ptr<store::Database> open_on(const testing::FaultDisk& disk, SubjectKeys* keys = nullptr) {
    // One connection, as in a browser: its log needs no shared memory.
    auto opened = store::open_store(
        {.path = kStore, .vfs = disk.vfs_name(), .exclusive = true, .cache_kib = 2'000, .keys = keys});
    CS_CHECK(opened.ok());
    return std::move(opened).value();
}

std::vector<std::string> tables_of(store::Database& database) {
    std::vector<std::string> out;
    auto select = database
                      .prepare(
                          "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                          "name NOT LIKE 'search%' ORDER BY name")
                      .value();
    while (select.step().value()) {
        out.emplace_back(select.text(0));
    }
    return out;
}

}  // namespace

const Image& empty_store() {
    static const Image made = [] {
        testing::FaultDisk disk("countersign-sim-template");
        open_on(disk).reset();
        disk.drop_cache();
        return disk.content();
    }();
    return made;
}

void Machine::open(SubjectKeys* keys) {
    database = open_on(disk, keys);
}

void Machine::cut_power(uint64_t seed) {
    disk.cut_power(seed);
    database.reset();
    disk.disarm();
}

void Machine::put_back(const Image& image) {
    disk.kill();
    database.reset();
    disk.restore(image);
}

std::string dump_table(store::Database& database, const std::string& table) {
    std::string columns;
    int count = 0;
    {
        auto select = database.prepare("SELECT name FROM pragma_table_info(?)").value();
        select.bind(table);
        while (select.step().value()) {
            columns += concat(columns.empty() ? "" : ", ", "quote(\"", select.text(0), "\")");
            ++count;
        }
    }
    std::string out = concat("-- ", table, '\n');
    if (count == 0) {
        return out;
    }
    std::string order = "1";
    for (int i = 2; i <= count; ++i) {
        order += concat(", ", i);
    }
    auto select = database.prepare(concat("SELECT ", columns, " FROM \"", table, "\" ORDER BY ", order)).value();
    while (select.step().value()) {
        for (int i = 0; i < count; ++i) {
            out += select.text(i);
            out += i + 1 == count ? '\n' : '|';
        }
    }
    return out;
}

std::string dump_store(store::Database& database) {
    std::string out;
    for (const std::string& table : tables_of(database)) {
        out += dump_table(database, table);
    }
    return out;
}

}  // namespace countersign::sim
