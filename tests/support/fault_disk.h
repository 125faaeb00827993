#pragma once
// A disk for SQLite that can fail: its files are in memory (fault_file.h), each call may be counted, refused, delayed
// or be the last one before the power goes. Everything that happens follows from seeds and call numbers.
//
// Use:   FaultDisk disk;                                       // SQLite's default VFS while it lives
//        auto database = store::open_store({.path = "a.db"});  // on it
//        disk.arm({.at = 17, .effect = Effect::power_cut});    // counts from here
//        ... work until something fails ...
//        disk.cut_power(seed);                                 // every open handle is dead from here on
//        database.reset();                                     // the dying process changes nothing any more
//        disk.disarm();                                        // and the machine is up again
//
// As unix does it: a journal's or log's first sync also syncs the folder, so that the file itself is there to stay;
// writing some bytes does not endanger their neighbours (SQLITE_IOCAP_POWERSAFE_OVERWRITE).
//
// Contract: one thread at a time; databases on it are closed, or dead, before it goes. A disk without a name is
// SQLite's default VFS, and the only one of its kind; those with names are opened by them (OpenOptions::vfs), a disk a
// machine.

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/fault_file.h"

struct sqlite3_vfs;  // NOLINT(readability-identifier-naming): SQLite's

namespace countersign::testing {

// What SQLite asks of its operating system.
enum class Call : uint8_t { open, remove, access, read, write, truncate, sync, size, map };
inline constexpr size_t kCalls = 9;
std::string_view call_name(Call call);

using CallSet = uint32_t;

constexpr CallSet only(Call call) {
    return 1U << static_cast<unsigned>(call);
}

inline constexpr CallSet kEveryCall = (1U << kCalls) - 1;

enum class Effect : uint8_t {
    io_error,        // refused with EIO; a write has got half way, a sync has lost what it did not write
    disk_full,       // the same with ENOSPC, where a disk would say so
    too_many_files,  // an open is refused with EMFILE
    power_cut,       // the call may have had its effect, none after it has any
    misdirected,     // a write goes to another place of the file, and says that it went well
    bit_flipped,     // what is read or written has one other bit, and nothing says so
};
inline constexpr size_t kEffects = 6;
std::string_view effect_name(Effect effect);

struct Fault {
    uint64_t at = 1;  // which of the calls that count, from 1
    Effect effect = Effect::io_error;
    bool from_then_on = false;
    CallSet calls = kEveryCall;  // those that count, as far as the effect can strike them
    std::string files = {};      // only of files whose name begins so
    uint64_t seed = 1;           // for what is left to chance
};

struct DiskCounts {
    std::array<uint64_t, kCalls> calls{};
    std::array<uint64_t, kEffects> fired{};
    uint64_t power_cuts = 0;
    uint64_t kills = 0;
    DamageCounts damage;
};

// A line a kind, for a test's output.
std::string report(const DiskCounts& counts);

class FaultHandle;

class FaultDisk {
public:
    FaultDisk() : FaultDisk("countersign-fault", true) {}

    explicit FaultDisk(std::string name) : FaultDisk(std::move(name), false) {}

    ~FaultDisk();
    FaultDisk(const FaultDisk&) = delete;
    FaultDisk& operator=(const FaultDisk&) = delete;

    void arm(const Fault& fault);
    void disarm();

    // Calls that counted since arm(), and whether the fault struck.
    uint64_t counted() const { return counted_; }

    bool struck() const { return struck_; }

    // Every open handle is dead from here on: what is asked of it fails and changes nothing.
    void kill();                    // the process ends; what it wrote is there
    void cut_power(uint64_t seed);  // the machine stops; what was not synced suffers damage number seed % kDamages

    // What a program does that does not trust the cache it finds: syncs its files and has them read from the disk.
    void drop_cache();

    struct Content {
        std::map<std::string, FaultFile> files;
        std::vector<std::string> unsynced_names;  // of files that the folder does not surely have
    };

    // To come back to. restore() kills.
    Content content() const;
    void restore(const Content& content);

    // A file that is there; the test ends where there is none.
    FaultFile& file(const std::string& name);
    bool has(const std::string& name) const;

    uint64_t room_bytes = UINT64_MAX;  // of all files together; a write beyond it is a full disk
    // Before each call: a slow disk moves a test's clock here, a pause looks at what would be left.
    std::function<void(Call, const std::string& file)> before_call;

    const DiskCounts& counts() const { return counts_; }

    const std::string& vfs_name() const { return vfs_name_; }

private:
    friend class FaultHandle;
    friend struct FaultVfs;

    FaultDisk(std::string name, bool is_default);

    struct Node;

    struct Name {
        std::string name;
        std::shared_ptr<Node> node;  // null: removed
    };

    // Counts the call; the effect that strikes it, if one does.
    std::optional<Effect> strikes(Call call, const std::string& file);
    // What SQLite is told; also sets what it hears when it asks for the system's error.
    int refusal(Call call, Effect effect);

    int open(const char* name, int flags, std::unique_ptr<FaultHandle>& out);
    int remove(const std::string& name, bool sync_folder);
    int access(const std::string& name, bool& there);
    void sync_names();
    uint64_t used_bytes() const;

    std::string vfs_name_;
    std::unique_ptr<sqlite3_vfs> vfs_;
    std::map<std::string, std::shared_ptr<Node>> names_;
    std::map<std::string, std::shared_ptr<Node>> synced_names_;
    std::vector<Name> waiting_names_;
    uint64_t life_ = 1;  // handles of an earlier one are dead
    bool armed_ = false;
    bool off_ = false;  // the power is
    Fault fault_;
    uint64_t counted_ = 0;
    bool struck_ = false;
    int errno_ = 0;
    Chance chance_{1};
    uint64_t slept_us_ = 0;
    DiskCounts counts_;
};

}  // namespace countersign::testing
