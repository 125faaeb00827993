#pragma once
// One file of a FaultDisk: what is on the disk's surface, and what was written since and may or may not be there after
// the power fails.
//
// The surface changes by sync() alone, in whole pages of 4 KiB as an operating system's cache writes them. Reads always
// see what was written. After a sync that failed the cache forgets which pages it still owes the disk, as those of
// ext4, XFS and Btrfs do (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020): a page
// that is never written again never reaches the disk, however often the file is synced.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace countersign::testing {

// The same numbers for the same seed, on every platform (splitmix64).
class Chance {
public:
    explicit Chance(uint64_t seed) : state_(seed) {}

    uint64_t next();

    uint64_t below(uint64_t limit) { return next() % limit; }

private:
    uint64_t state_;
};

// What a power cut does to writes that were not synced.
enum class Damage : uint8_t {
    keep_nothing,  // none of them is there
    keep_all,      // all of them: a cut just after the cache was written out
    sectors_512,   // each sector of 512 bytes stops at a write of its own: torn, dropped, out of order
    sectors_4096,  // the same with sectors of 4 KiB
    whole_writes,  // a random choice of whole writes, in any order
    garbage,       // as sectors_512, and bytes that were being written hold anything
};
inline constexpr uint64_t kDamages = 6;

// What crashes did, to show that they did it.
struct DamageCounts {
    uint64_t kept_writes = 0;
    uint64_t lost_writes = 0;
    uint64_t torn_writes = 0;
    uint64_t reordered_writes = 0;
    uint64_t garbage_sectors = 0;
    uint64_t undone_truncations = 0;
    uint64_t undone_names = 0;     // files that appeared or went, and did not
    uint64_t forgotten_pages = 0;  // lost for good by a sync that failed
};

class FaultFile {
public:
    // At most `count` bytes; how many there were.
    size_t read(uint64_t at, char* out, size_t count) const;
    void write(uint64_t at, std::string_view bytes);
    void truncate(uint64_t size);
    void sync();
    // A sync, and then what is read comes from the surface.
    void drop_cache();
    // Some of what waits reaches the disk, the rest is forgotten.
    void fail_sync(Chance& chance, DamageCounts& counts);
    // The power fails: what the cache held is decided upon and gone.
    void cut_power(Damage damage, Chance& chance, DamageCounts& counts);

    const std::string& bytes() const { return cache_; }

    const std::string& surface() const { return surface_; }

    bool synced() const { return waiting_.empty(); }

    // Changes a bit where it lies, in cache and on the surface.
    void flip_bit(uint64_t bit);

private:
    struct Change {
        uint64_t at = 0;  // of a truncation: the new size
        std::string bytes = {};
        bool truncates = false;
    };

    void settle();
    void apply_by_sector(uint64_t sector_bytes, Damage damage, Chance& chance, DamageCounts& counts);
    void apply_whole(Chance& chance, DamageCounts& counts);

    std::string surface_;
    std::string cache_;
    std::vector<Change> waiting_;
    std::set<uint64_t> owed_pages_;   // to be written by the next sync
    uint64_t shortest_ = UINT64_MAX;  // the file has been since the last sync
};

}  // namespace countersign::testing
